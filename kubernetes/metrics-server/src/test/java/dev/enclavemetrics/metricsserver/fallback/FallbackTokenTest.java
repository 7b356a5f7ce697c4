package dev.enclavemetrics.metricsserver.fallback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.cluster.ClusterCalls.Reply;
import dev.enclavemetrics.metricsserver.json.Json;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FallbackTokenTest {

    private static final String FORBIDDEN =
            "serviceaccounts \\\"reader\\\" is forbidden: User"
                    + " \\\"system:serviceaccount:ours:server\\\" cannot create resource"
                    + " \\\"serviceaccounts/token\\\"";

    private final TestClock clock = new TestClock();
    private final LogLines log = new LogLines();
    private final List<String> asked = new ArrayList<>();
    private final List<CompletableFuture<Reply>> replies = new ArrayList<>();
    private final FallbackToken token = token("");

    private FallbackToken token(String audience) {
        return new FallbackToken(
                new FallbackAccount("ours", "reader", audience), this::post, clock, log.log());
    }

    private CompletableFuture<Reply> post(String path, byte[] json) {
        asked.add(path + " " + new String(json, UTF_8));
        replies.add(new CompletableFuture<>());
        return replies.get(replies.size() - 1);
    }

    private void reply(int code, String json) {
        replies.get(replies.size() - 1).complete(new Reply(code, Json.read(json.getBytes(UTF_8))));
    }

    private void issue(String text, long seconds) {
        reply(
                201,
                "{\"spec\":{\"expirationSeconds\":%d},\"status\":{\"token\":\"%s\"}}"
                        .formatted(seconds, text));
    }

    private void refuse(int code, String message) {
        reply(code, "{\"kind\":\"Status\",\"message\":\"%s\"}".formatted(message));
    }

    @Test
    void isOfTheAccountAndForTheApiServerAndShort() {
        Future<String> first = token.get();
        issue("one", 600);

        assertThat(first.result()).isEqualTo("one");
        assertThat(asked)
                .containsExactly(
                        "/api/v1/namespaces/ours/serviceaccounts/reader/token"
                            + " {\"apiVersion\":\"authentication.k8s.io/v1\","
                            + "\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":600}}");
    }

    @Test
    void isForTheAudienceThatIsSet() {
        token("other \"metrics\"").get();

        assertThat(asked)
                .singleElement()
                .asString()
                .endsWith(
                        "\"spec\":{\"expirationSeconds\":600,"
                                + "\"audiences\":[\"other \\\"metrics\\\"\"]}}");
    }

    @Test
    void isRequestedOnceForAllThatWait() {
        Future<String> first = token.get();
        Future<String> second = token.get();
        assertThat(first.isComplete()).isFalse();
        issue("one", 600);

        assertThat(second.result()).isEqualTo("one");
        assertThat(token.get().result()).isEqualTo("one");
        assertThat(asked).hasSize(1);
    }

    @Test
    void isRenewedAfterFourFifthsOfItsLifetime() {
        token.get();
        issue("one", 1_000);
        clock.advance(Duration.ofSeconds(799));
        token.get();
        assertThat(asked).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(token.get().result()).as("while it is renewed").isEqualTo("one");
        assertThat(token.get().result()).isEqualTo("one");
        assertThat(asked).hasSize(2);
        issue("two", 1_000);

        assertThat(token.get().result()).isEqualTo("two");
        clock.advance(Duration.ofSeconds(799));
        token.get();
        assertThat(asked).hasSize(2);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void isKeptUntilItExpiresIfItCannotBeRenewed() {
        token.get();
        issue("one", 600);
        clock.advance(Duration.ofMinutes(8));
        token.get();
        refuse(500, "etcd is down");
        assertThat(token.get().result()).isEqualTo("one");
        assertThat(asked).as("not at once again").hasSize(2);

        clock.advance(Duration.ofSeconds(119));
        assertThat(token.get().result()).isEqualTo("one");
        refuse(500, "etcd is down");
        clock.advance(Duration.ofSeconds(1));
        assertThat(token.get().failed()).isTrue();

        clock.advance(Duration.ofSeconds(4));
        Future<String> next = token.get();
        assertThat(next.isComplete()).isFalse();
        issue("two", 600);
        assertThat(next.result()).isEqualTo("two");
        assertThat(asked).hasSize(4);
        assertThat(log.lines())
                .containsExactly(
                        "ERROR the token of the service account ours/reader must be issued to the"
                                + " metrics server, found: 500 etcd is down; retrying",
                        "INFO  the token of the service account ours/reader is issued again");
    }

    @Test
    void saysOnceWhichRightIsMissing() {
        for (int attempt = 0; attempt < 3; attempt++) {
            Future<String> failed = token.get();
            refuse(403, FORBIDDEN);
            assertThat(failed.cause())
                    .hasMessage(
                            "no token of the service account ours/reader; the log of the metrics"
                                    + " server says why");
            clock.advance(Duration.ofSeconds(5));
        }

        assertThat(asked).hasSize(3);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR the token of the service account ours/reader must be issued")
                .contains("User \"system:serviceaccount:ours:server\" cannot create")
                .endsWith(
                        "; grant that user create of serviceaccounts/token for reader in the"
                                + " namespace ours, as the chart does; retrying");
    }

    @Test
    void saysThatTheAccountIsMissing() {
        token.get();
        refuse(404, "serviceaccounts \\\"reader\\\" not found");

        assertThat(log.lines())
                .singleElement()
                .asString()
                .endsWith(
                        "found: 404 serviceaccounts \"reader\" not found; create it, as the chart"
                                + " does; retrying");
    }

    @Test
    void saysThatTheApiServerDoesNotAnswer() {
        Future<String> failed = token.get();
        replies.get(0).completeExceptionally(new IllegalStateException("no route"));

        assertThat(failed.failed()).isTrue();
        assertThat(log.lines()).singleElement().asString().contains("found: no route; retrying");
    }

    @Test
    void isNotAnEmptyAnswer() {
        Future<String> failed = token.get();
        issue("", 600);

        assertThat(failed.failed()).isTrue();
        assertThat(log.lines()).singleElement().asString().contains("found: 201 without a token");
    }
}
