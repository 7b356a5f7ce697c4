package dev.enclavemetrics.metricsserver.cluster;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers for a while, and asks but once for what several wait for. Failures are not
 * remembered. Bounded in what it holds and in what it asks at once. For one thread, which must also
 * be the one that completes what it asks for.
 *
 * <p>The places for questions are shared: a client may have as many under way as are still free.
 * One alone gets half of them, two a third each, so there is always a place for another.
 */
public final class AsyncCache<V> {

    /**
     * What the cache may hold and ask for.
     *
     * @param life how long an answer counts
     * @param mostEntries beyond, the oldest answer goes
     * @param mostAtOnce questions of all clients; beyond a client's share of them, what is not
     *     remembered is refused
     */
    public record Bounds(Duration life, int mostEntries, int mostAtOnce) {}

    private record Entry<V>(V value, long untilNs) {}

    private final Bounds bounds;
    private final Clock clock;

    /** In the order of their coming, and so of their ends. */
    private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();

    private final Map<String, CompletableFuture<V>> asked = new LinkedHashMap<>();

    /** How many of those each client began. */
    private final Map<String, Integer> askedBy = new HashMap<>();

    public AsyncCache(Bounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * The answer for the key; already complete if it is remembered.
     *
     * @param client for whom it is
     */
    public CompletableFuture<V> get(String key, String client, Supplier<CompletableFuture<V>> ask) {
        V known = remembered(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<V> pending = asked.get(key);
        if (pending != null) {
            return pending;
        }
        int own = askedBy.getOrDefault(client, 0);
        if (own >= bounds.mostAtOnce() - asked.size()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(
                            StatusReason.TOO_MANY_REQUESTS,
                            "at most "
                                    + bounds.mostAtOnce()
                                    + " questions to the API server may wait for their answers,"
                                    + " found "
                                    + asked.size()
                                    + ", "
                                    + own
                                    + " of them of this client; try again"));
        }
        return begin(key, client, ask);
    }

    private @Nullable V remembered(String key) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (entry.untilNs - clock.nanoTime() > 0) {
            return entry.value;
        }
        entries.remove(key);
        return null;
    }

    private CompletableFuture<V> begin(
            String key, String client, Supplier<CompletableFuture<V>> ask) {
        CompletableFuture<V> answer = new CompletableFuture<>();
        asked.put(key, answer);
        askedBy.merge(client, 1, Integer::sum);
        CompletableFuture<V> unused =
                ask.get()
                        .whenComplete(
                                (value, failure) -> {
                                    asked.remove(key);
                                    askedBy.computeIfPresent(
                                            client, (name, n) -> n == 1 ? null : n - 1);
                                    if (failure != null) {
                                        answer.completeExceptionally(failure);
                                        return;
                                    }
                                    remember(key, value);
                                    answer.complete(value);
                                });
        return answer;
    }

    private void remember(String key, V value) {
        long nowNs = clock.nanoTime();
        entries.put(key, new Entry<>(value, nowNs + bounds.life().toNanos()));
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean over = oldest.next().untilNs - nowNs <= 0;
            if (!over && entries.size() <= bounds.mostEntries()) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return entries.size();
    }
}
