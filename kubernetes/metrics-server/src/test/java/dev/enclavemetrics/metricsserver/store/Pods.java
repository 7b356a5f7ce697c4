package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.testing.TestClock;
import java.time.Instant;
import java.util.Map;

/** Watched pods for tests: running, Ready for a long time, at a loopback address. */
public record Pods(WatchedPod pod) {

    public static final Instant LONG_AGO = TestClock.START.minusSeconds(86_400);

    /** Returns a pod that was not scraped yet. */
    public static ScrapedPod scraped(Pods pods) {
        return new ScrapedPod(pods.pod());
    }

    /** Updates a pod as the store does after a change in the cluster. */
    public static void update(ScrapedPod scraped, Pods changed) {
        scraped.update(changed.pod());
    }

    public static Pods pod(String namespace, String name) {
        return new Pods(
                new WatchedPod(
                        "uid-of-" + namespace + "-" + name,
                        namespace,
                        name,
                        Map.of("app", "shop"),
                        new MetricsPort(MetricsPort.DEFAULT, ""),
                        true,
                        "127.0.0.1",
                        "Running",
                        LONG_AGO,
                        true,
                        LONG_AGO,
                        PodProblems.NONE,
                        false));
    }

    private Pods with(
            String uid,
            MetricsPort port,
            String ip,
            String phase,
            boolean ready,
            Instant readyChangedAt,
            boolean terminating) {
        return new Pods(
                new WatchedPod(
                        uid,
                        pod.namespace(),
                        pod.name(),
                        pod.labels(),
                        port,
                        pod.hasLauncher(),
                        ip,
                        phase,
                        pod.startTime(),
                        ready,
                        readyChangedAt,
                        pod.problems(),
                        terminating));
    }

    Pods uid(String uid) {
        return with(uid, pod.port(), pod.ip(), pod.phase(), pod.ready(), changed(), false);
    }

    public Pods ip(String ip) {
        return with(pod.uid(), pod.port(), ip, pod.phase(), pod.ready(), changed(), false);
    }

    public Pods port(MetricsPort port) {
        return with(pod.uid(), port, pod.ip(), pod.phase(), pod.ready(), changed(), false);
    }

    public Pods port(int port) {
        return port(new MetricsPort(port, ""));
    }

    Pods withoutLauncher() {
        return new Pods(
                new WatchedPod(
                        pod.uid(),
                        pod.namespace(),
                        pod.name(),
                        pod.labels(),
                        pod.port(),
                        false,
                        pod.ip(),
                        pod.phase(),
                        pod.startTime(),
                        pod.ready(),
                        pod.readyChangedAt(),
                        pod.problems(),
                        false));
    }

    Pods problems(PodProblems problems) {
        return new Pods(
                new WatchedPod(
                        pod.uid(),
                        pod.namespace(),
                        pod.name(),
                        pod.labels(),
                        pod.port(),
                        pod.hasLauncher(),
                        pod.ip(),
                        pod.phase(),
                        pod.startTime(),
                        pod.ready(),
                        pod.readyChangedAt(),
                        problems,
                        pod.terminating()));
    }

    public Pods phase(String phase) {
        return with(pod.uid(), pod.port(), pod.ip(), phase, pod.ready(), changed(), false);
    }

    Pods readySince(Instant time) {
        return with(pod.uid(), pod.port(), pod.ip(), pod.phase(), true, time, false);
    }

    public Pods notReadySince(Instant time) {
        return with(pod.uid(), pod.port(), pod.ip(), pod.phase(), false, time, false);
    }

    public Pods terminating() {
        return with(pod.uid(), pod.port(), pod.ip(), pod.phase(), pod.ready(), changed(), true);
    }

    private Instant changed() {
        Instant changedAt = pod.readyChangedAt();
        return changedAt == null ? LONG_AGO : changedAt;
    }
}
