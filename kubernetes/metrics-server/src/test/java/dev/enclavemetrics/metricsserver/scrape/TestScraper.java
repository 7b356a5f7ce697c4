package dev.enclavemetrics.metricsserver.scrape;

import static dev.enclavemetrics.metricsserver.scrape.HostileServer.write;

import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.testing.TestClock;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The scraper on its own event loop. */
final class TestScraper implements Closeable {

    static final String GOOD =
            """
            {"nitro_enclave_cpu_usage":0.4213,"nitro_enclave_memory_usage":0.3127,\
            "timestamp":"2026-11-24T05:40:00.123Z","window_seconds":15}\
            """;

    private final EventLoop loop = ScrapeEventLoop.start();
    private final ScrapeConfig config;

    TestScraper(Duration timeout) {
        config = new ScrapeConfig(Duration.ofMinutes(2), timeout, Duration.ZERO);
    }

    ScrapeResult scrape(String ip, int port) throws Exception {
        return scrape(ip, port, new HttpPodScraper(loop, config, new TestClock()));
    }

    /** Scrapes as if the process had no file descriptor left. */
    ScrapeResult scrapeWithoutASocket() throws Exception {
        return scrape(
                "127.0.0.5",
                1,
                new HttpPodScraper(
                        loop,
                        config,
                        new TestClock(),
                        () -> {
                            throw new ChannelException("Too many open files");
                        }));
    }

    /** Fails if the result arrives on another thread than the event loop's. */
    private ScrapeResult scrape(String ip, int port, HttpPodScraper scraper) throws Exception {
        CompletableFuture<ScrapeResult> result = new CompletableFuture<>();
        WatchedPod pod = Pods.pod("shop", "api").ip(ip).port(port).pod();
        loop.execute(
                () ->
                        scraper.scrape(
                                pod,
                                scraped -> {
                                    if (loop.inEventLoop()) {
                                        result.complete(scraped);
                                    } else {
                                        result.completeExceptionally(
                                                new AssertionError(Thread.currentThread()));
                                    }
                                }));
        return result.get(60, TimeUnit.SECONDS);
    }

    ScrapeResult scrape(HostileServer.Answer answer) throws Exception {
        try (HostileServer server = new HostileServer("127.0.0.5", answer)) {
            return scrape("127.0.0.5", server.port());
        }
    }

    /** Scrapes a launcher that sends this text. */
    ScrapeResult answer(String text) throws Exception {
        return scrape(out -> write(out, text));
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS);
    }
}
