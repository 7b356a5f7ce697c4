package dev.enclavemetrics.metricsserver;

import static dev.enclavemetrics.metricsserver.HostileServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets: what launchers, and those that only look like some, may answer. */
@Timeout(120)
class HttpScraperTest {

    private static final ScrapeRules RULES =
            new ScrapeRules(Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ZERO);
    private static final String GOOD =
            """
            {"nitro_enclave_cpu_usage":0.4213,"nitro_enclave_memory_usage":0.3127,\
            "timestamp":"2026-11-24T05:40:00.123Z","window_seconds":15}\
            """;

    private static EventLoop loop;

    @BeforeAll
    static void begin() {
        loop = ScrapingLoop.start();
    }

    @AfterAll
    static void end() throws Exception {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS);
    }

    private static ScrapeResult scrape(String ip, int port) throws Exception {
        CompletableFuture<ScrapeResult> result = new CompletableFuture<>();
        WatchedPod pod = Pods.pod("shop", "api").ip(ip).port(port).pod();
        HttpScraper scraper = new HttpScraper(loop, RULES, new TestClock());
        loop.execute(() -> scraper.scrape(pod, result::complete));
        return result.get(60, TimeUnit.SECONDS);
    }

    private static ScrapeResult scrape(HostileServer.Answer answer) throws Exception {
        try (HostileServer server = new HostileServer("127.0.0.5", answer)) {
            return scrape("127.0.0.5", server.port());
        }
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    private static ScrapeResult answer(String text) throws Exception {
        return scrape(out -> write(out, text));
    }

    @Test
    void takesTheUsagesOfALauncher() throws Exception {
        ScrapeResult result = answer(ok(GOOD));

        assertThat(result.point()).isEqualTo(new Point(421, 313, TestClock.START, 15));
        assertThat(result.outcome()).isEqualTo("Success");
    }

    @Test
    void asksForJsonAtThePodsAddress() throws Exception {
        try (HostileServer server = new HostileServer("127.0.0.5", out -> write(out, ok(GOOD)))) {
            scrape("127.0.0.5", server.port());

            assertThat(server.request())
                    .startsWith("GET /metrics HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\naccept: application/json\r\n")
                    .containsIgnoringCase("\r\nhost: 127.0.0.5:" + server.port() + "\r\n")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void asksAnAddressOfIpVersion6() throws Exception {
        try (HostileServer server = new HostileServer("::1", out -> write(out, ok(GOOD)))) {
            assertThat(scrape("::1", server.port()).reason()).isEqualTo(Reason.FRESH);
            assertThat(server.request())
                    .containsIgnoringCase("\r\nhost: [::1]:" + server.port() + "\r\n");
        }
    }

    @Test
    void takesChunksAndACharset() throws Exception {
        String chunks =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(GOOD.length())
                        + "\r\n"
                        + GOOD
                        + "\r\n0\r\n\r\n";

        assertThat(answer(chunks).outcome()).isEqualTo("Success");
    }

    @Test
    void takesTheReasonOfALauncherWithoutValues() throws Exception {
        ScrapeResult result =
                answer(
                        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 34\r\n\r\n"
                                + "{\"error\":\"old\",\"reason\":\"Stale\"}  ");

        assertThat(result.reason()).hasToString("Http503 Stale");
        assertThat(result.outcome()).isEqualTo("Http5xx");
    }

    @ParameterizedTest
    @CsvSource({
        "301 Moved, Http301",
        "302 Found, Http302",
        "204 No Content, Http204",
        "404 Not Found, Http404",
        "999 Whatever, Http999"
    })
    void followsAndTakesNothingOfAnotherStatus(String status, String reason) throws Exception {
        ScrapeResult result =
                answer(
                        "HTTP/1.1 "
                                + status
                                + "\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");

        assertThat(result.reason().word()).isEqualTo(reason);
    }

    @Test
    void refusesALargeBodyByItsLength() throws Exception {
        assertThat(
                        scrape(HostileServer.zeros("Content-Length: 10000000", 10_000_000))
                                .reason()
                                .word())
                .isEqualTo("BodyTooLarge");
    }

    @Test
    void refusesAnEndlessBody() throws Exception {
        assertThat(scrape(HostileServer.zeros("X: y", Long.MAX_VALUE)).reason().word())
                .isEqualTo("BodyTooLarge");
    }

    @Test
    void refusesALargeBodyOfAnotherStatus() throws Exception {
        ScrapeResult result =
                scrape(
                        out -> {
                            write(out, "HTTP/1.1 503 No\r\n\r\n");
                            out.write(new byte[100_000]);
                        });

        assertThat(result.reason().word()).isEqualTo("BodyTooLarge");
    }

    @Test
    void givesUpSlowBytes() throws Exception {
        assertThat(scrape(HostileServer.slowly(ok(GOOD), 100)).reason().word())
                .isEqualTo("AnswerTimeout");
    }

    @Test
    void givesUpASlowBody() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
        assertThat(
                        scrape(
                                        out -> {
                                            write(out, head);
                                            HostileServer.slowly(GOOD, 100).to(out);
                                        })
                                .reason()
                                .word())
                .isEqualTo("BodyTimeout");
    }

    @Test
    void givesUpSilence() throws Exception {
        assertThat(scrape(out -> HostileServer.waitForEnd()).reason())
                .hasToString("AnswerTimeout after 2000 ms");
    }

    @Test
    void givesUpEndlessInterimAnswers() throws Exception {
        ScrapeResult result =
                scrape(
                        out -> {
                            while (true) {
                                write(out, "HTTP/1.1 100 Continue\r\n\r\n");
                            }
                        });

        assertThat(result.reason().word()).isEqualTo("AnswerTimeout");
    }

    @Test
    void givesUpAnAddressWhereNothingListens() throws Exception {
        int port;
        try (HostileServer server = new HostileServer("127.0.0.5", out -> {})) {
            port = server.port();
        }

        assertThat(scrape("127.0.0.5", port).reason().word()).isEqualTo("ConnectRefused");
    }

    @Test
    void refuses100000Headers() throws Exception {
        assertThat(
                        scrape(
                                        out -> {
                                            write(out, "HTTP/1.1 200 OK\r\n");
                                            for (int i = 0; i < 100_000; i++) {
                                                write(out, ("a" + i + ": b\r\n"));
                                            }
                                            write(out, "\r\n");
                                        })
                                .reason()
                                .word())
                .isEqualTo("BadAnswer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 200\r\n",
                "HTTP/1.1 banana OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nContent-Type: application/json\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0016\u0003\u0001",
                ""
            })
    void refusesWhatIsNoHttp(String text) throws Exception {
        assertThat(answer(text).reason().word()).isEqualTo("BadAnswer");
    }

    @Test
    void refusesChunksThatAreNone() throws Exception {
        String chunks = ok(GOOD).replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked");

        assertThat(answer(chunks).reason().word()).isEqualTo("BadAnswer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/jsonp", "text/html; application/json"})
    void refusesAnotherContentType(String type) throws Exception {
        assertThat(answer(ok(GOOD).replace("application/json", type)).reason().word())
                .isEqualTo("BadContentType");
    }

    @Test
    void refusesAnEncoding() throws Exception {
        String gzip = ok(GOOD).replace("Content-Type", "Content-Encoding: gzip\r\nContent-Type");

        assertThat(answer(gzip).reason().word()).isEqualTo("BadContentType");
    }

    @Test
    void tellsOfAClockThatCannotBeRight() throws Exception {
        ScrapeResult result = answer(ok(GOOD.replace("2026-11", "2036-11")));

        assertThat(result.outcome()).isEqualTo("SuccessClockSkewed");
        assertThat(result.point()).isEqualTo(new Point(421, 313, TestClock.START, 15));
    }
}
