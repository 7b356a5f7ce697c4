package dev.enclavemetrics.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.testing.UnfinishedRequests;
import dev.enclavemetrics.webhook.admission.TestObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Reviews and clients that are too large, too slow or too many. */
@Timeout(180)
class WebhookLimitsTest {

    @TempDir private Path folder;
    private TestWebhook webhook;

    @BeforeEach
    void start() throws Exception {
        webhook = new TestWebhook(folder);
    }

    @AfterEach
    void end() {
        webhook.close();
    }

    @Test
    void refusesAnObjectOf3MbInWordsAndLivesOn() throws Exception {
        JsonNode answer = webhook.answer(TestWebhook.reviewOf(3_000_000));

        assertThat(answer.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(answer.path("allowed").booleanValue()).isFalse();
        assertThat(answer.path("status").path("message").stringValue())
                .contains("must have at most 2097152 bytes", "make the object smaller");
        assertThat(webhook.answer(TestWebhook.reviewOf(10)).path("allowed").booleanValue())
                .isTrue();
    }

    /** Two bytes of input per node, which takes a hundred bytes in memory. */
    @Test
    void refusesWhatWouldTakeManyTimesItsSize() throws Exception {
        String nodes = "[" + "[],".repeat(600_000) + "[]]";
        JsonNode answer =
                webhook.answer(("{\"request\":{\"uid\":\"u\",\"x\":" + nodes).getBytes(UTF_8));

        assertThat(answer.path("uid").stringValue()).isEqualTo("u");
        assertThat(answer.path("status").path("message").stringValue())
                .contains("Token count", "exceeds the maximum allowed");
    }

    @Test
    void refusesAnHpaWithAThousandMetricsInWords() throws Exception {
        String[] metrics = new String[1_000];
        Arrays.fill(metrics, TestObjects.cpu(75));
        JsonNode answer = webhook.answer(TestWebhook.hpaReview(TestObjects.hpa(metrics)));

        assertThat(answer.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(answer.path("status").path("message").stringValue())
                .startsWith("HPA nginx")
                .contains("metrics");
    }

    @Test
    void answersALongReviewBesideOthers() throws Exception {
        assertThat(webhook.answer(TestWebhook.reviewOf(1_500_000)).path("allowed").booleanValue())
                .isTrue();
    }

    @Test
    void readsNoBodyWithoutEnd() throws Exception {
        assertThatThrownBy(() -> pour(webhook)).isInstanceOf(IOException.class);
        assertThat(webhook.get("/metrics").body())
                .contains("enclave_metrics_webhook_refused_requests_total{code=\"413\"} 1.0");
    }

    /** Sends until the other side closes the connection. */
    private static void pour(TestWebhook webhook) throws Exception {
        try (SSLSocket socket = webhook.socket()) {
            var out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(US_ASCII);
            for (int i = 0; i < 10_000; i++) {
                out.write(chunk);
            }
        }
    }

    private static byte[] head(String header) {
        return ("POST /mutate/hpas HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + header
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    @Test
    void answersOthersWhileClientsAreSlow() throws Exception {
        List<SSLSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                SSLSocket socket = webhook.socket();
                socket.getOutputStream().write(head("Content-Length: 1000"));
                socket.getOutputStream().write('{');
                slow.add(socket);
            }
            assertThat(webhook.answer(TestWebhook.reviewOf(10)).path("allowed").booleanValue())
                    .isTrue();
            String first = new String(slow.get(0).getInputStream().readNBytes(12), US_ASCII);
            assertThat(first).isEqualTo("HTTP/1.1 408");
        } finally {
            for (SSLSocket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void closesAConnectionWhoseRequestsHoldTooMuch() throws Exception {
        try (UnfinishedRequests attack = new UnfinishedRequests(webhook.webhook.port())) {
            attack.http2(100, 30_000); // 3 MB; the limit for all connections together is 1 MB

            webhook.awaitMetric("enclave_metrics_webhook_closed_connections_total 1.0");
        }
        assertThat(webhook.answer(TestWebhook.reviewOf(10)).path("allowed").booleanValue())
                .isTrue();
    }

    @Test
    void closesTheLongestIdleConnectionForANewOne() throws Exception {
        try (TestWebhook small = new TestWebhook(folder, 2);
                SSLSocket idle = small.socket()) {
            idle.startHandshake();
            SSLSocket second = small.socket();
            second.startHandshake();
            SSLSocket third = small.socket();
            third.startHandshake();
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            second.close();
            third.close();
        }
    }
}
