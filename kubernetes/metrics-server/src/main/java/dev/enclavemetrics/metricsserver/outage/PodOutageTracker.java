package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.store.QueryTime;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports pods that should have a point but have none, once that has lasted for more than three
 * intervals. The same reason is reported at most once in ten minutes per pod, and reports of all
 * pods together are rate-limited. For one thread.
 */
public final class PodOutageTracker implements Closeable {

    static final Duration REPEAT_AFTER = Duration.ofMinutes(10);

    private static final int MAX_BURST = 50;
    private static final double MAX_PER_SECOND = 2;

    private static final class Outage {
        final long sinceNs;
        long visitedNs;

        /** What was reported last; null before the first report. */
        @Nullable String reportedReason;

        long reportedNs;

        /** The pod has a point again. Kept, so that a flapping pod is not reported each time. */
        boolean ended;

        Outage(long sinceNs) {
            this.sinceNs = sinceNs;
        }

        boolean isRecent(long nowNs) {
            return reportedReason != null && nowNs - reportedNs < REPEAT_AFTER.toNanos();
        }

        boolean isOver(long nowNs) {
            return ended && !isRecent(nowNs);
        }
    }

    private final Map<ScrapedPod, Outage> outages = new HashMap<>();
    private final ScrapeConfig config;
    private final OutageListener listener;
    private final Clock clock;
    private final TokenBucket bucket;

    /**
     * Reports in the log, and by Events on the pods.
     *
     * @param events creates the Events; null for none
     */
    public static PodOutageTracker of(
            ScrapeConfig config, @Nullable KubernetesClient events, Clock clock, Log log) {
        EventWriter writer = events == null ? null : new EventWriter(events, clock, log);
        return new PodOutageTracker(config, new OutageLog(log, writer), clock);
    }

    PodOutageTracker(ScrapeConfig config, OutageListener listener, Clock clock) {
        this.config = config;
        this.listener = listener;
        this.clock = clock;
        bucket = new TokenBucket(MAX_BURST, MAX_PER_SECOND, clock.nanoTime());
    }

    /** Checks a pod; to be called once per interval. */
    public void visit(ScrapedPod pod) {
        QueryTime now = QueryTime.of(config, clock);
        long nowNs = now.nowNs();
        Reason reason = pod.outage(now);
        Outage outage = outages.get(pod);
        if (reason == null) {
            if (outage != null) {
                end(outage, pod, now);
            }
            return;
        }
        if (outage == null || outage.isOver(nowNs)) {
            outage = new Outage(nowNs);
            outages.put(pod, outage);
        }
        outage.visitedNs = nowNs;
        boolean lasts = nowNs - outage.sinceNs > config.pointLifeNs() || reason.isCertain();
        // After a change of address or port, wait for the next scrape: nothing to report.
        boolean reported =
                outage.isRecent(nowNs)
                        && (reason.word().equals(outage.reportedReason)
                                || reason.equals(Reason.NOT_SCRAPED_YET));
        if (lasts && !reported && bucket.take(nowNs)) {
            outage.reportedReason = reason.word();
            outage.reportedNs = nowNs;
            outage.ended = false;
            listener.unavailable(pod.pod(), reason);
        }
    }

    private void end(Outage outage, ScrapedPod pod, QueryTime now) {
        long nowNs = now.nowNs();
        if (outage.reportedReason == null || outage.isOver(nowNs)) {
            outages.remove(pod);
            return;
        }
        outage.visitedNs = nowNs;
        boolean hasPoint = pod.hasPoint(now);
        if (!outage.ended && hasPoint && bucket.take(nowNs)) {
            outage.ended = true;
            listener.available(pod.pod());
        }
    }

    /** Drops pods that are no longer visited, because they are gone. */
    public void forgetUnvisited() {
        long oldestNs = clock.nanoTime() - 2 * config.interval().toNanos();
        outages.values().removeIf(outage -> outage.visitedNs - oldestNs < 0);
    }

    /** Creates no more Events; from any thread. */
    @Override
    public void close() {
        listener.close();
    }

    int size() {
        return outages.size();
    }
}
