package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The launcher's HTTP server on a free port, with a clock that a test advances. */
public final class TestServer implements Closeable {

    final LogLines log = new LogLines();
    final Counters counters = new Counters();
    public final LatestSnapshot latest = new LatestSnapshot();
    public final TestClock clock = new TestClock();
    private final HttpServer server;

    public TestServer(int maxConnections, Duration idleTimeout) throws IOException {
        HttpSettings settings =
                new HttpSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        maxConnections,
                        idleTimeout);
        server =
                HttpServer.listen(
                        settings,
                        new HttpServer.Content(latest, counters, "nitro", "1.2.3"),
                        clock,
                        log.log());
    }

    /** Receives a frame now. */
    void receives(long sequence, double cpuUsage) {
        latest.received(
                new ReceivedFrame(
                        Frames.frame(sequence, 1000, cpuUsage, 0.3127),
                        clock.nanoTime(),
                        clock.instant()));
    }

    public int port() {
        return server.port();
    }

    public HttpClientSocket client() throws IOException {
        return new HttpClientSocket(server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
