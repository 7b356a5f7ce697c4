package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.metricsserver.store.QueryTime;
import dev.enclavemetrics.metricsserver.store.Reason;
import dev.enclavemetrics.metricsserver.store.ScrapeRules;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices pods that should have a point and have none, and tells of each once it lasts: a reason at
 * most once in ten minutes a pod, and of all pods together only so many. For one thread.
 */
public final class PodOutageTracker {

    static final Duration SAME_AGAIN = Duration.ofMinutes(10);

    private static final int MAX_AT_ONCE = 50;
    private static final double MAX_A_SECOND = 2;

    private static final class Outage {
        final long sinceNs;
        long visitedNs;

        /** What was told last, and when; null before anything was. */
        @Nullable String toldWord;

        long toldNs;

        /** The pod has a point again; kept so that what flaps is not told at every turn. */
        boolean over;

        Outage(long sinceNs) {
            this.sinceNs = sinceNs;
        }

        boolean isRecent(long nowNs) {
            return toldWord != null && nowNs - toldNs < SAME_AGAIN.toNanos();
        }

        boolean isPast(long nowNs) {
            return over && !isRecent(nowNs);
        }
    }

    private final Map<ScrapedPod, Outage> outages = new HashMap<>();
    private final ScrapeRules rules;
    private final OutageListener notices;
    private final Clock clock;
    private final TokenBucket bucket;

    /**
     * Reports in the log, and by Events on the pods.
     *
     * @param events creates the Events; null for none
     */
    public static PodOutageTracker of(
            ScrapeRules rules, @Nullable KubernetesClient events, Clock clock, Log log) {
        EventWriter writer = events == null ? null : new EventWriter(events, clock, log);
        return new PodOutageTracker(rules, new OutageLog(log, writer), clock);
    }

    PodOutageTracker(ScrapeRules rules, OutageListener notices, Clock clock) {
        this.rules = rules;
        this.notices = notices;
        this.clock = clock;
        bucket = new TokenBucket(MAX_AT_ONCE, MAX_A_SECOND, clock.nanoTime());
    }

    /** Looks at a pod, as is done once in an interval. */
    public void visit(ScrapedPod pod) {
        QueryTime now = QueryTime.of(rules, clock);
        long nowNs = now.nowNs();
        Reason reason = pod.outage(now);
        Outage outage = outages.get(pod);
        if (reason == null) {
            if (outage != null) {
                endOf(outage, pod, now);
            }
            return;
        }
        if (outage == null || outage.isPast(nowNs)) {
            outage = new Outage(nowNs);
            outages.put(pod, outage);
        }
        outage.visitedNs = nowNs;
        boolean lasts =
                nowNs - outage.sinceNs > rules.pointLifeNs()
                        || reason.word().equals(Reason.BAD_PORT); // it does not pass by itself
        // A pod whose address or port has changed is to be asked anew, which is no news of it.
        boolean known =
                outage.isRecent(nowNs)
                        && (reason.word().equals(outage.toldWord)
                                || reason.equals(Reason.NOT_SCRAPED_YET));
        if (lasts && !known && bucket.take(nowNs)) {
            outage.toldWord = reason.word();
            outage.toldNs = nowNs;
            outage.over = false;
            notices.unavailable(pod.pod(), reason);
        }
    }

    private void endOf(Outage outage, ScrapedPod pod, QueryTime now) {
        long nowNs = now.nowNs();
        if (outage.toldWord == null || outage.isPast(nowNs)) {
            outages.remove(pod);
            return;
        }
        outage.visitedNs = nowNs;
        boolean hasPoint = pod.hasPoint(now);
        if (!outage.over && hasPoint && bucket.take(nowNs)) {
            outage.over = true;
            notices.available(pod.pod());
        }
    }

    /** Drops pods that are no longer there to be visited. */
    public void forgetUnvisited() {
        long oldestNs = clock.nanoTime() - 2 * rules.interval().toNanos();
        outages.values().removeIf(outage -> outage.visitedNs - oldestNs < 0);
    }

    int size() {
        return outages.size();
    }
}
