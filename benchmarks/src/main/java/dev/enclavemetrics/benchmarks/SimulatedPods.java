package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pods of the cluster as kube-apiserver keeps them: one change counter, consistent lists in
 * pages, and watches that start where a list ended.
 */
final class SimulatedPods {

    /** A watch event for one pod; {@code type} is as in Kubernetes. */
    record Change(String type, SimulatedPod pod) {}

    /**
     * @param next the continue token for the next page; empty on the last one
     */
    record Page(List<SimulatedPod> pods, long resourceVersion, String next, int remaining) {}

    private static final int MAX_HISTORY = 10_000;
    private static final int MAX_LISTS = 8;

    /** Longer than any warm-up. */
    private static final Duration OLD = Duration.ofHours(2);

    private final @Nullable SimulatedPod[] slots;
    private final ArrayDeque<Change> history = new ArrayDeque<>();
    private final Map<Long, List<SimulatedPod>> lists = new LinkedHashMap<>();
    private final List<Consumer<Change>> watches = new CopyOnWriteArrayList<>();
    private long version = 1000; // not 0 or 1, which have a special meaning
    private long oldest = version;

    SimulatedPods(int count) {
        slots = new SimulatedPod[count];
        Instant started = Instant.now().minus(OLD);
        Arrays.setAll(slots, slot -> new SimulatedPod(slot, 0, Phase.RUNNING, started, version));
    }

    int count() {
        return slots.length;
    }

    /** The pod of a slot, or null during a replacement. */
    synchronized @Nullable SimulatedPod at(int slot) {
        return slots[slot];
    }

    synchronized List<SimulatedPod> all() {
        return Arrays.stream(slots).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    /** The first page. All pages of the list show the current pods. */
    synchronized Page list(int limit, Predicate<SimulatedPod> wanted) {
        List<SimulatedPod> pods = all().stream().filter(wanted).toList();
        if (pods.size() > limit) {
            lists.put(version, pods);
            if (lists.size() > MAX_LISTS) {
                lists.remove(lists.keySet().iterator().next());
            }
        }
        return page(pods, version, 0, limit);
    }

    /** A further page, or null if {@code next} is too old or invalid. */
    synchronized @Nullable Page listOn(String next, int limit) {
        String[] parts = next.split("-", 2);
        try {
            long ofVersion = Long.parseLong(parts[0]);
            List<SimulatedPod> pods = lists.get(ofVersion);
            int from = Integer.parseInt(parts[parts.length - 1]);
            return pods == null || from < 0 || from > pods.size()
                    ? null
                    : page(pods, ofVersion, from, limit);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Page page(List<SimulatedPod> pods, long version, int from, int limit) {
        int to = (int) Math.min(pods.size(), (long) from + limit);
        String next = to < pods.size() ? version + "-" + to : "";
        return new Page(pods.subList(from, to), version, next, pods.size() - to);
    }

    /**
     * Sends all changes after that version, including future ones, until {@link #unwatch}.
     *
     * @return false if the version is too old or in the future
     */
    synchronized boolean watch(long after, Consumer<Change> watch) {
        if (after < oldest || after > version) {
            return false;
        }
        history.stream().filter(c -> c.pod().resourceVersion() > after).forEach(watch);
        watches.add(watch);
        return true;
    }

    void unwatch(Consumer<Change> watch) {
        watches.remove(watch);
    }

    synchronized long version() {
        return version;
    }

    /** Adds a Pending pod in a slot, which must be empty. */
    synchronized SimulatedPod create(int slot, int generation) {
        if (slots[slot] != null) {
            throw new IllegalStateException("a slot must be empty, found " + slots[slot]);
        }
        SimulatedPod pod =
                new SimulatedPod(slot, generation, Phase.PENDING, Instant.now(), ++version);
        slots[slot] = pod;
        tell("ADDED", pod);
        return pod;
    }

    /** An update that may change only the version, as kubelets often write. */
    synchronized SimulatedPod modify(SimulatedPod pod, Phase phase) {
        SimulatedPod modified = pod.to(phase, ++version);
        slots[pod.slot()] = modified;
        tell("MODIFIED", modified);
        return modified;
    }

    synchronized void delete(SimulatedPod pod) {
        slots[pod.slot()] = null;
        tell("DELETED", pod.to(pod.phase(), ++version));
    }

    private void tell(String type, SimulatedPod pod) {
        Change change = new Change(type, pod);
        history.add(change);
        if (history.size() > MAX_HISTORY) {
            oldest = history.remove().pod().resourceVersion();
        }
        new ArrayList<>(watches).forEach(watch -> watch.accept(change));
    }
}
