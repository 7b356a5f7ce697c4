package dev.enclavemetrics.metricsserver;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps the pods of a store within a test's reach. */
final class KnownPods implements PodListener {

    private final Set<ScrapedPod> pods = ConcurrentHashMap.newKeySet();

    @Override
    public void added(ScrapedPod pod) {
        pods.add(pod);
    }

    @Override
    public void removed(ScrapedPod pod) {
        pods.remove(pod);
    }

    Stream<ScrapedPod> all() {
        return pods.stream();
    }
}
