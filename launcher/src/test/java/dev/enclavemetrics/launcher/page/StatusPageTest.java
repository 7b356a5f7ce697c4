package dev.enclavemetrics.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.serve.HttpClientSocket;
import dev.enclavemetrics.launcher.serve.HttpClientSocket.Received;
import dev.enclavemetrics.launcher.serve.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page as it is served. */
@Timeout(60)
class StatusPageTest {

    private static final int MAX_BYTES = 200 * 1024;

    private TestServer server;
    private HttpClientSocket client;
    private Received page;

    @BeforeEach
    void get() throws IOException {
        server = new TestServer(16, Duration.ofMinutes(1));
        client = server.client();
        page = client.get("/");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private static String within(String html, String element) {
        Matcher matcher =
                Pattern.compile("<" + element + ">(.*)</" + element + ">", Pattern.DOTALL)
                        .matcher(html);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String digest(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return "'sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes))
                + "'";
    }

    @Test
    void isOneSmallDocument() {
        assertThat(page.code()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES);
        assertThat(page.body()).startsWith("<!doctype html>").endsWith("</html>\n");
    }

    @Test
    void allowsItsOwnScriptAndStyleAndNothingElse() throws Exception {
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(
                        "default-src 'none'; script-src "
                                + digest(within(page.body(), "script"))
                                + "; style-src "
                                + digest(within(page.body(), "style"))
                                + "; img-src data:; connect-src 'self'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors 'none'");
        // Attributes with style or script, which a policy by digest blocks.
        String markup = page.body().replace(within(page.body(), "script"), "");
        assertThat(markup).doesNotContainPattern("\\s(style|on[a-z]+)=");
        assertThat(page.body().split("<script", -1)).hasSize(2);
    }

    @Test
    void namesNoOtherHost() {
        assertThat(page.body())
                .doesNotContainPattern("(src|href|action)\\s*=\\s*[\"']?(\\w+:)?//")
                .doesNotContain("@import", "url(")
                .doesNotContainPattern("(fetch|EventSource|import)\\(['\"`](\\w+:)?/");
    }

    @Test
    void holdsTheChartLibraryAndSaysWhereElseTheValuesAre() {
        assertThat(within(page.body(), "script")).contains("uPlot=function");
        assertThat(within(page.body(), "noscript")).contains("<a href=\"metrics\">");
    }

    @Test
    void keepsTheLibrarysLicence() throws Exception {
        try (InputStream licence =
                Objects.requireNonNull(
                        StatusPage.class.getResourceAsStream("/META-INF/LICENSE.uPlot"))) {
            assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("The MIT License", "Leon Sorokin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?from=here", "http://pod:59090/", "http://pod:59090"})
    void isServedAtTheRoot(String target) throws Exception {
        assertThat(client.get(target).body()).isEqualTo(page.body());
    }

    @Test
    void isSentWholeHoweverItIsAskedFor() throws Exception {
        assertThat(client.request("HEAD /").receiveHead().head()).isEqualTo(page.head());
        assertThat(client.request("DELETE /").receive().code()).isEqualTo(405);
        for (String others : List.of("Connection: close", "Accept: text/html")) {
            try (HttpClientSocket other = server.client()) {
                assertThat(other.get("/", others).body()).isEqualTo(page.body());
            }
        }
    }
}
