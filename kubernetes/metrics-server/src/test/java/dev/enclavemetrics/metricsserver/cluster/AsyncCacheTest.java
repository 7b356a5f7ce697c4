package dev.enclavemetrics.metricsserver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the result of the first call is checked elsewhere
class AsyncCacheTest {

    private final TestClock clock = new TestClock();
    private final AsyncCache<String> cache =
            new AsyncCache<>(new AsyncCache.Bounds(Duration.ofSeconds(10), 3, 2), clock);
    private final List<CompletableFuture<String>> asked = new ArrayList<>();

    private CompletableFuture<String> get(String key) {
        return get(key, key);
    }

    private CompletableFuture<String> get(String key, String client) {
        return cache.get(key, client, this::begin);
    }

    private void answer(int index, String value) {
        asked.get(index).complete(value);
    }

    @Test
    void sendsOneRequestWhileItIsPending() {
        CompletableFuture<String> first = get("a");
        CompletableFuture<String> second = get("a");
        answer(0, "yes");

        assertThat(first).isCompletedWithValue("yes");
        assertThat(second).isCompletedWithValue("yes");
        assertThat(get("a")).isCompletedWithValue("yes");
        assertThat(asked).hasSize(1);
    }

    @Test
    void forgetsAnAnswerAfterItsTimeToLive() {
        get("a");
        answer(0, "yes");
        clock.advance(Duration.ofSeconds(10));

        assertThat(get("a")).isNotCompleted();
        assertThat(asked).hasSize(2);
    }

    @Test
    void cachesNoFailure() {
        CompletableFuture<String> failed = get("a");
        asked.get(0).completeExceptionally(new IllegalStateException("down"));

        assertThat(failed).isCompletedExceptionally();
        assertThat(get("a")).isNotCompleted();
        assertThat(asked).hasSize(2);
    }

    @Test
    void dropsTheOldestBeyondItsBound() {
        for (int i = 0; i < 5; i++) {
            get("key" + i);
            answer(i, "value");
        }
        assertThat(cache.size()).isEqualTo(3);
        assertThat(get("key4")).isCompleted();
        assertThat(get("key1")).isNotCompleted();
    }

    @Test
    void dropsExpiredAnswersWhenANewOneArrives() {
        get("a");
        answer(0, "yes");
        clock.advance(Duration.ofSeconds(11));
        get("b");
        answer(1, "yes");

        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void leavesPlacesToOtherClients() {
        AsyncCache<String> large =
                new AsyncCache<>(new AsyncCache.Bounds(Duration.ofSeconds(10), 100, 64), clock);
        for (String client : new String[] {"one", "two", "three"}) {
            for (int i = 0; i < 100; i++) {
                large.get(client + i, client, this::begin);
            }
        }

        assertThat(asked).hasSize(32 + 16 + 8);
        assertThat(large.get("new", "four", this::begin)).isNotCompleted();
        assertThat(large.get("more", "one", this::begin))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("found 57, 32 of them of this client");

        for (int i = 0; i < 32; i++) {
            answer(i, "yes");
        }
        assertThat(large.get("more", "one", this::begin)).isNotCompleted();
    }

    private CompletableFuture<String> begin() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }

    @Test
    void refusesTooManyPendingRequests() {
        get("a");
        get("b");

        assertThat(get("c"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("at most 2 requests to the API server");
        answer(0, "yes");
        assertThat(get("c")).isNotCompleted();
        assertThat(asked).hasSize(3);
    }
}
