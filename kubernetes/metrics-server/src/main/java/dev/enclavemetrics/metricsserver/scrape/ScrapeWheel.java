package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.metricsserver.store.PodListener;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.ScrapedPod;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * When each pod is scraped. One turn of the wheel is one interval, divided into slots; a pod's slot
 * follows from its uid. So each pod is scraped once per interval, always at the same offset, and
 * all pods are spread over the interval. Thread-safe.
 */
public final class ScrapeWheel implements PodListener {

    private static final long SLOT_NS = 50_000_000;
    private static final int MAX_SLOTS = 1200;

    private final List<Set<ScrapedPod>> slots;
    private final long slotNs;

    public ScrapeWheel(ScrapeConfig config) {
        long intervalNs = config.interval().toNanos();
        int count = (int) Math.max(1, Math.min(MAX_SLOTS, intervalNs / SLOT_NS));
        slotNs = intervalNs / count;
        slots =
                Stream.<Set<ScrapedPod>>generate(ConcurrentHashMap::newKeySet)
                        .limit(count)
                        .toList();
    }

    long slotNs() {
        return slotNs;
    }

    int slots() {
        return slots.size();
    }

    @Override
    public void added(ScrapedPod pod) {
        slots.get(slot(pod)).add(pod);
    }

    @Override
    public void removed(ScrapedPod pod) {
        slots.get(slot(pod)).remove(pod);
    }

    void forEach(int slot, Consumer<ScrapedPod> action) {
        slots.get(slot).forEach(action);
    }

    /** How many pods are in all slots. */
    int size() {
        return slots.stream().mapToInt(Set::size).sum();
    }

    /** Hashed, since uids are not guaranteed to be random. */
    int slot(ScrapedPod pod) {
        int hash = pod.pod().uid().hashCode() * 0x9E3779B9;
        return (int) (Integer.toUnsignedLong(hash ^ (hash >>> 16)) % slots.size());
    }
}
