package dev.enclavemetrics.metricsserver.scrape;

import static dev.enclavemetrics.metricsserver.scrape.HostileServer.write;
import static dev.enclavemetrics.metricsserver.scrape.TestScraper.GOOD;
import static dev.enclavemetrics.metricsserver.scrape.TestScraper.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile launchers, over real sockets. */
@Timeout(120)
class HostileLauncherTest {

    private static TestScraper scraper;

    /** For what must time out. */
    private static TestScraper hasty;

    @BeforeAll
    static void begin() throws Exception {
        scraper = new TestScraper(Duration.ofMinutes(1));
        scraper.answer(ok(GOOD)); // loads the classes, which needs no part of the two seconds then
        hasty = new TestScraper(Duration.ofSeconds(2));
    }

    @AfterAll
    static void end() {
        scraper.close();
        hasty.close();
    }

    @Test
    void refusesALargeBodyByItsLength() throws Exception {
        assertThat(
                        scraper.scrape(HostileServer.zeros("Content-Length: 10000000", 10_000_000))
                                .reason()
                                .word())
                .isEqualTo("BodyTooLarge");
    }

    @Test
    void refusesAnEndlessBody() throws Exception {
        assertThat(scraper.scrape(HostileServer.zeros("X: y", Long.MAX_VALUE)).reason().word())
                .isEqualTo("BodyTooLarge");
    }

    @Test
    void refusesALargeBodyOfAnotherStatus() throws Exception {
        ScrapeResult result =
                scraper.scrape(
                        out -> {
                            write(out, "HTTP/1.1 503 No\r\n\r\n");
                            out.write(new byte[100_000]);
                        });

        assertThat(result.reason().word()).isEqualTo("BodyTooLarge");
    }

    @Test
    void timesOutOnSlowBytes() throws Exception {
        assertThat(hasty.scrape(HostileServer.slowly(ok(GOOD), 100)).reason().word())
                .isEqualTo("AnswerTimeout");
    }

    @Test
    void timesOutOnASlowBody() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
        assertThat(
                        hasty.scrape(
                                        out -> {
                                            write(out, head);
                                            HostileServer.slowly(GOOD, 100).to(out);
                                        })
                                .reason()
                                .word())
                .isEqualTo("BodyTimeout");
    }

    @Test
    void timesOutOnSilence() throws Exception {
        assertThat(hasty.scrape(out -> HostileServer.waitForEnd()).reason())
                .hasToString("AnswerTimeout after 2000 ms");
    }

    @Test
    void timesOutOnEndlessInterimResponses() throws Exception {
        ScrapeResult result =
                hasty.scrape(
                        out -> {
                            while (true) {
                                write(out, "HTTP/1.1 100 Continue\r\n\r\n");
                            }
                        });

        assertThat(result.reason().word()).isEqualTo("AnswerTimeout");
    }

    @Test
    void reportsAnAddressWhereNothingListens() throws Exception {
        int port;
        try (HostileServer server = new HostileServer("127.0.0.5", out -> {})) {
            port = server.port();
        }

        assertThat(scraper.scrape("127.0.0.5", port).reason().word()).isEqualTo("ConnectRefused");
    }

    @Test
    void refuses100000Headers() throws Exception {
        assertThat(
                        scraper.scrape(
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
    void refusesOtherProtocols(String text) throws Exception {
        assertThat(scraper.answer(text).reason().word()).isEqualTo("BadAnswer");
    }

    @Test
    void refusesMalformedChunks() throws Exception {
        String chunks = ok(GOOD).replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked");

        assertThat(scraper.answer(chunks).reason().word()).isEqualTo("BadAnswer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/jsonp", "text/html; application/json"})
    void refusesAnotherContentType(String type) throws Exception {
        assertThat(scraper.answer(ok(GOOD).replace("application/json", type)).reason().word())
                .isEqualTo("BadContentType");
    }

    @Test
    void refusesAnEncoding() throws Exception {
        String gzip = ok(GOOD).replace("Content-Type", "Content-Encoding: gzip\r\nContent-Type");

        assertThat(scraper.answer(gzip).reason().word()).isEqualTo("BadContentType");
    }
}
