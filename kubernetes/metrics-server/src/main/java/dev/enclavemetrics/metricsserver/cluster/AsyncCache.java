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
 * Caches the answers to asynchronous requests for a while; several callers that wait for the same
 * answer share one request. Failures are not cached. Entries and pending requests are bounded. For
 * one thread, on which the requests must also complete.
 *
 * <p>Pending requests are shared fairly: a client may have as many as there are free slots. One
 * client alone gets half of them, two get a third each, so there is always a slot for another.
 */
public final class AsyncCache<V> {

    /**
     * The limits of a cache.
     *
     * @param life how long an answer is cached
     * @param maxEntries how many answers are cached; the oldest is evicted
     * @param maxPending how many requests of all clients may be pending; beyond a client's share,
     *     what is not cached is refused
     */
    public record Bounds(Duration life, int maxEntries, int maxPending) {}

    private record Entry<V>(V value, long untilNs) {}

    private final Bounds bounds;
    private final Clock clock;

    /** In the order of arrival, and so of expiry. */
    private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();

    private final Map<String, CompletableFuture<V>> pending = new LinkedHashMap<>();

    /** How many of them each client started. */
    private final Map<String, Integer> pendingByClient = new HashMap<>();

    public AsyncCache(Bounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * The answer for the key; already complete if it is cached.
     *
     * @param client the client's key for fair sharing
     */
    public CompletableFuture<V> get(
            String key, String client, Supplier<CompletableFuture<V>> request) {
        V known = cached(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<V> same = pending.get(key);
        if (same != null) {
            return same;
        }
        int own = pendingByClient.getOrDefault(client, 0);
        if (own >= bounds.maxPending() - pending.size()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(
                            StatusReason.TOO_MANY_REQUESTS,
                            "at most "
                                    + bounds.maxPending()
                                    + " requests to the API server may be pending, found "
                                    + pending.size()
                                    + ", "
                                    + own
                                    + " of them of this client; try again"));
        }
        return begin(key, client, request);
    }

    private @Nullable V cached(String key) {
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
            String key, String client, Supplier<CompletableFuture<V>> request) {
        CompletableFuture<V> answer = new CompletableFuture<>();
        pending.put(key, answer);
        pendingByClient.merge(client, 1, Integer::sum);
        CompletableFuture<V> unused =
                request.get()
                        .whenComplete(
                                (value, failure) -> {
                                    pending.remove(key);
                                    pendingByClient.computeIfPresent(
                                            client, (name, n) -> n == 1 ? null : n - 1);
                                    if (failure != null) {
                                        answer.completeExceptionally(failure);
                                        return;
                                    }
                                    cache(key, value);
                                    answer.complete(value);
                                });
        return answer;
    }

    private void cache(String key, V value) {
        long nowNs = clock.nanoTime();
        entries.put(key, new Entry<>(value, nowNs + bounds.life().toNanos()));
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean expired = oldest.next().untilNs - nowNs <= 0;
            if (!expired && entries.size() <= bounds.maxEntries()) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return entries.size();
    }
}
