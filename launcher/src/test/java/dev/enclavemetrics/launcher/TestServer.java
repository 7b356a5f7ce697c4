package dev.enclavemetrics.launcher;

import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The HTTP side of the launcher on a free port, with a clock that stands still. */
final class TestServer implements Closeable {

    final LogLines log = new LogLines();
    final Counters counters = new Counters();
    final LatestSnapshot latest = new LatestSnapshot();
    final TestClock clock = new TestClock();
    private final HttpServer server;

    TestServer(int maxConnections, Duration idleTimeout) throws IOException {
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

    /** A frame comes, now. */
    void receives(long sequence, double cpuUsage) {
        latest.received(
                new ReceivedFrame(
                        Frames.frame(sequence, 1000, cpuUsage, 0.3127),
                        clock.nanoTime(),
                        clock.instant()));
    }

    int port() {
        return server.port();
    }

    HttpClientSocket client() throws IOException {
        return new HttpClientSocket(server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
