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

    static final ProcessLimits NO_LIMITS = new ProcessLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    final LogLines log = new LogLines();
    final Counters counters = new Counters();
    final LatestSnapshot latest = new LatestSnapshot();
    final TestClock clock = new TestClock();
    private final HttpServer server;

    TestServer(int maxConnections, Duration idleTimeout) throws IOException {
        LauncherConfig config =
                new LauncherConfig(
                        new EnclaveAddress.Nitro(""),
                        59090,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        maxConnections,
                        idleTimeout);
        OpenConnections connections =
                new OpenConnections(maxConnections, idleTimeout, counters, log.log());
        PrometheusText text = new PrometheusText(counters, "1.2.3");
        StatusEvents events = new StatusEvents("nitro", "1.2.3", clock.nanoTime());
        Routes routes =
                new Routes(
                        new MetricsAnswers(latest, text, clock),
                        new PreparedAnswer(StatusPage.answer(), clock),
                        new EventListeners(
                                new StatusFeed(latest, events, clock), clock, maxConnections),
                        clock);
        server =
                HttpServer.listen(
                        config,
                        connections,
                        clock,
                        decoder ->
                                new MetricsHandler(decoder, routes, connections, counters, clock));
    }

    /** A frame comes, now. */
    void receives(long sequence, double cpuUsage) {
        latest.set(
                latest.get()
                        .received(
                                new ReceivedFrame(
                                        Frames.frame(sequence, 1000, cpuUsage, 0.3127),
                                        clock.nanoTime(),
                                        clock.instant())));
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
