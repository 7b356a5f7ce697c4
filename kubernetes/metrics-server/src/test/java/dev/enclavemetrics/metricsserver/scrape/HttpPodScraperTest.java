package dev.enclavemetrics.metricsserver.scrape;

import static dev.enclavemetrics.metricsserver.scrape.HostileServer.write;
import static dev.enclavemetrics.metricsserver.scrape.TestScraper.GOOD;
import static dev.enclavemetrics.metricsserver.scrape.TestScraper.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses of launchers, over real sockets. */
@Timeout(120)
class HttpPodScraperTest {

    private static TestScraper scraper;

    @BeforeAll
    static void begin() {
        scraper = new TestScraper(Duration.ofMinutes(1));
    }

    @AfterAll
    static void end() {
        scraper.close();
    }

    @Test
    void readsTheUsagesOfALauncher() throws Exception {
        ScrapeResult result = scraper.answer(ok(GOOD));

        assertThat(result.point()).isEqualTo(new Point(421, 313, TestClock.START, 15));
        assertThat(result.outcome()).isEqualTo("Success");
    }

    @Test
    void requestsJsonFromThePodsAddress() throws Exception {
        try (HostileServer server = new HostileServer("127.0.0.5", out -> write(out, ok(GOOD)))) {
            scraper.scrape("127.0.0.5", server.port());

            assertThat(server.request())
                    .startsWith("GET /metrics HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\naccept: application/json\r\n")
                    .containsIgnoringCase("\r\nhost: 127.0.0.5:" + server.port() + "\r\n")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void scrapesAnIpv6Address() throws Exception {
        try (HostileServer server = new HostileServer("::1", out -> write(out, ok(GOOD)))) {
            assertThat(scraper.scrape("::1", server.port()).reason()).isEqualTo(Reason.FRESH);
            assertThat(server.request())
                    .containsIgnoringCase("\r\nhost: [::1]:" + server.port() + "\r\n");
        }
    }

    @Test
    void acceptsChunksAndACharset() throws Exception {
        String chunks =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(GOOD.length())
                        + "\r\n"
                        + GOOD
                        + "\r\n0\r\n\r\n";

        assertThat(scraper.answer(chunks).outcome()).isEqualTo("Success");
    }

    @Test
    void readsTheReasonOfALauncherWithoutValues() throws Exception {
        ScrapeResult result =
                scraper.answer(
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
    void neitherFollowsRedirectsNorReadsTheBodyOfAnError(String status, String reason)
            throws Exception {
        ScrapeResult result =
                scraper.answer(
                        "HTTP/1.1 "
                                + status
                                + "\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");

        assertThat(result.reason().word()).isEqualTo(reason);
    }

    @Test
    void staysOnItsLoopWithoutAFileDescriptor() throws Exception {
        assertThat(scraper.scrapeWithoutASocket().reason())
                .isEqualTo(new Reason("ConnectFailed", "Too many open files"));
    }

    @Test
    void reportsClockSkew() throws Exception {
        ScrapeResult result = scraper.answer(ok(GOOD.replace("2026-11", "2036-11")));

        assertThat(result.outcome()).isEqualTo("SuccessClockSkewed");
        assertThat(result.point()).isEqualTo(new Point(421, 313, TestClock.START, 15));
    }
}
