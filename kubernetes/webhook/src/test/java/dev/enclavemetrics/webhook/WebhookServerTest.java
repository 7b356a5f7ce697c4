package dev.enclavemetrics.webhook;

import static dev.enclavemetrics.webhook.admission.TestObjects.yaml;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.Json;
import dev.enclavemetrics.webhook.admission.Patched;
import dev.enclavemetrics.webhook.admission.TestObjects;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhook over TLS: its responses and its certificate. */
@Timeout(180)
class WebhookServerTest {

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              generateName: nginx-
              labels: {nitro.k8s.anjuna.io/managed: "yes"}
            spec:
              containers: [{name: nginx, image: nginx}]
            """;

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

    private static JsonNode patch(JsonNode response) {
        return Json.MAPPER.readTree(
                Base64.getDecoder().decode(response.path("patch").stringValue()));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1", "HTTP_2"})
    void translatesTheReferencesHpa(HttpClient.Version version) throws Exception {
        ObjectNode hpa = yaml(TestObjects.REFERENCE);
        HttpResponse<String> response =
                webhook.http.send(
                        webhook.request(TestWebhook.HPAS)
                                .version(version)
                                .header("Content-Type", "Application/JSON; charset=utf-8")
                                .POST(BodyPublishers.ofByteArray(TestWebhook.hpaReview(hpa)))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode answer = Json.MAPPER.readTree(response.body()).path("response");
        assertThat(answer.path("uid").stringValue()).isEqualTo("b1c2-uid");
        assertThat(Patched.apply(hpa, patch(answer)).path("spec"))
                .isEqualTo(TestObjects.canonical(yaml(TestObjects.REFERENCE_MUTATED)).path("spec"));
    }

    @Test
    void addsTheLauncherToThePod() throws Exception {
        HttpResponse<String> response =
                webhook.post(TestWebhook.PODS, TestWebhook.podReview(yaml(POD)));

        JsonNode answer = Json.MAPPER.readTree(response.body()).path("response");
        assertThat(Patched.apply(yaml(POD), patch(answer)).path("spec").toString())
                .contains("registry.example/launcher:1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /mutate/hpas, 405, POST",
        "PUT, /mutate/pods, 405, POST",
        "POST, /readyz, 405, 'GET, HEAD'",
        "POST, /, 404, ''",
        "GET, /mutate, 404, ''"
    })
    void refusesInJsonWhatItDoesNotServe(String method, String path, int code, String allow)
            throws Exception {
        HttpResponse<String> response =
                webhook.send(webhook.http, method, path, BodyPublishers.ofString("{}"));

        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(response.headers().firstValue("Allow").orElse("")).isEqualTo(allow);
        JsonNode status = Json.MAPPER.readTree(response.body());
        assertThat(status.path("kind").stringValue()).isEqualTo("Status");
        assertThat(status.path("code").intValue()).isEqualTo(code);
    }

    @Test
    void refusesOtherTypesThanJson() throws Exception {
        HttpResponse<String> response =
                webhook.http.send(
                        webhook.request(TestWebhook.HPAS)
                                .header("Content-Type", "application/yaml")
                                .POST(BodyPublishers.ofString("a: 1"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body())
                .contains("content type must be application/json, found application/yaml");
    }

    @Test
    void answersGarbageWithARefusal() throws Exception {
        for (String garbage : List.of("", "null", "[", "{\"kind\": \"AdmissionReview\"}", "x")) {
            assertThat(
                            webhook.answer(garbage.getBytes(UTF_8))
                                    .path("status")
                                    .path("message")
                                    .asString())
                    .startsWith("the body must be an AdmissionReview of admission.k8s.io/v1");
        }
    }

    @Test
    void servesTheNewPairAndNoReviewFails() throws Exception {
        AtomicBoolean more = new AtomicBoolean(true);
        AtomicInteger answers = new AtomicInteger();
        CompletableFuture<Void> load =
                CompletableFuture.runAsync(
                        () -> {
                            while (more.get()) {
                                review(webhook, answers);
                            }
                        });
        for (String name : List.of("second", "third")) {
            webhook.exchange(name);
            webhook.log.await(1, "serves new connections with the certificate of CN=" + name);
        }
        int before = answers.get();
        while (answers.get() < before + 2 && !load.isDone()) {
            Thread.onSpinWait();
        }
        more.set(false);
        load.join();

        assertThat(answers).hasValueGreaterThan(2);
    }

    /** Sends a review over the existing connection, and one over a new connection. */
    private static void review(TestWebhook webhook, AtomicInteger answers) {
        try {
            for (HttpClient client : List.of(webhook.http, webhook.client())) {
                HttpResponse<String> response =
                        webhook.send(
                                client,
                                "POST",
                                TestWebhook.HPAS,
                                BodyPublishers.ofByteArray(TestWebhook.reviewOf(10)));
                assertThat(response.statusCode()).isEqualTo(200);
                answers.incrementAndGet();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsOfItself() throws Exception {
        assertThat(webhook.get("/livez").body()).isEqualTo("ok\n");
        assertThat(webhook.get("/readyz").body()).isEqualTo("ok\n");
        webhook.answer(TestWebhook.reviewOf(10));
        webhook.answer("x".getBytes(UTF_8));
        webhook.answer(
                TestWebhook.hpaReview(
                        TestObjects.hpa(
                                TestObjects.CPU.formatted(
                                        "{type: AverageValue, averageValue: 500m}"))));

        assertThat(webhook.get("/metrics").body())
                .contains(
                        "reviews_total{kind=\"hpa\",outcome=\"patched\"} 1.0",
                        "reviews_total{kind=\"hpa\",outcome=\"refused\"} 1.0",
                        "reviews_total{kind=\"unreadable\",outcome=\"refused\"} 1.0",
                        "review_duration_seconds_bucket{kind=\"hpa\",le=\"0.01\"}",
                        "enclave_metrics_webhook_certificate_expiry_timestamp_seconds ");
    }
}
