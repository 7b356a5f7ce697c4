package dev.enclavemetrics.metricsserver.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Gives tests access to the pods of a store. */
public final class KnownPods implements PodListener {

    private final Set<ScrapedPod> pods = ConcurrentHashMap.newKeySet();

    @Override
    public void added(ScrapedPod pod) {
        pods.add(pod);
    }

    @Override
    public void removed(ScrapedPod pod) {
        pods.remove(pod);
    }

    public Stream<ScrapedPod> all() {
        return pods.stream();
    }
}
