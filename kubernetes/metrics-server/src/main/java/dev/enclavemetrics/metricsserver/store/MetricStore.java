package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.metricsserver.selector.LabelSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The watched pods and the last point of each, by namespace and name. The pod watch, one thread,
 * adds and removes pods; the scraper writes their points. Readers take no lock and see each pod in
 * its current state.
 */
public final class MetricStore {

    private final ConcurrentNavigableMap<String, ConcurrentNavigableMap<String, ScrapedPod>>
            namespaces = new ConcurrentSkipListMap<>();
    private final ScrapeConfig config;
    private final Clock clock;
    private final PodListener listener;

    public MetricStore(ScrapeConfig config, Clock clock, PodListener listener) {
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    /** The pod as it is now, or null if none of that name is watched. */
    public @Nullable PodView pod(String namespace, String name) {
        ScrapedPod pod = in(namespace).get(name);
        return pod == null ? null : pod.state().view(QueryTime.of(config, clock));
    }

    /**
     * The pods that match, by namespace and name.
     *
     * @param namespace null for all
     */
    public List<PodView> pods(@Nullable String namespace, LabelSelector selector) {
        QueryTime now = QueryTime.of(config, clock);
        List<PodView> views = new ArrayList<>();
        for (Map<String, ScrapedPod> pods :
                namespace == null ? namespaces.values() : List.of(in(namespace))) {
            for (ScrapedPod pod : pods.values()) {
                PodState state = pod.state();
                if (selector.matches(state.pod().labels())) {
                    views.add(state.view(now));
                }
            }
        }
        return views;
    }

    /** Whether a watched pod matches, with a point or without. */
    public boolean hasPod(String namespace, LabelSelector selector) {
        return in(namespace).values().stream().anyMatch(p -> selector.matches(p.pod().labels()));
    }

    /** The live points of the pods that match, each with its pod's name, by name. */
    public void forEachPoint(
            String namespace, LabelSelector selector, BiConsumer<String, Point> action) {
        QueryTime now = QueryTime.of(config, clock);
        for (ScrapedPod pod : in(namespace).values()) {
            PodState state = pod.state();
            Point point = selector.matches(state.pod().labels()) ? state.point(now) : null;
            if (point != null) {
                action.accept(state.pod().name(), point);
            }
        }
    }

    /** The number of pods in each namespace that have a value, for each application metric. */
    public Map<String, Map<String, Integer>> applicationMetrics() {
        QueryTime now = QueryTime.of(config, clock);
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        namespaces.forEach(
                (namespace, pods) -> {
                    for (ScrapedPod pod : pods.values()) {
                        Point point = pod.state().point(now);
                        if (point != null && point.application() != ApplicationValues.NONE) {
                            Map<String, Integer> ofNamespace =
                                    counts.computeIfAbsent(namespace, name -> new HashMap<>());
                            point.application()
                                    .names()
                                    .forEach(name -> ofNamespace.merge(name, 1, Integer::sum));
                        }
                    }
                });
        return counts;
    }

    private Map<String, ScrapedPod> in(String namespace) {
        ConcurrentNavigableMap<String, ScrapedPod> pods = namespaces.get(namespace);
        return pods == null ? Collections.emptyMap() : pods;
    }

    /** Adds a pod, or updates it. */
    public void put(WatchedPod pod) {
        ConcurrentNavigableMap<String, ScrapedPod> pods =
                namespaces.computeIfAbsent(pod.namespace(), name -> new ConcurrentSkipListMap<>());
        ScrapedPod known = pods.get(pod.name());
        if (known != null && known.pod().uid().equals(pod.uid())) {
            known.update(pod);
            return;
        }
        ScrapedPod fresh = new ScrapedPod(pod); // keeps nothing of an earlier pod of this name
        pods.put(pod.name(), fresh);
        listener.added(fresh);
        if (known != null) {
            listener.removed(known);
        }
    }

    /** Removes a pod and its point. */
    public void remove(WatchedPod pod) {
        ConcurrentNavigableMap<String, ScrapedPod> pods = namespaces.get(pod.namespace());
        ScrapedPod known = pods == null ? null : pods.get(pod.name());
        if (pods == null || known == null || !known.pod().uid().equals(pod.uid())) {
            return; // a new pod has this name already
        }
        pods.remove(pod.name());
        listener.removed(known);
        if (pods.isEmpty()) {
            namespaces.remove(pod.namespace());
        }
    }

    /** How many pods are watched. */
    public int size() {
        return namespaces.values().stream().mapToInt(Map::size).sum();
    }

    /** How many pods have a live point, withheld or not. */
    public int points() {
        return (int) livePointAgesNs().count();
    }

    /** The age of the oldest live point, or 0 if there is none. */
    long oldestPointNs() {
        return livePointAgesNs().max().orElse(0);
    }

    /** How many pods run without a launcher. */
    int podsWithoutLauncher() {
        QueryTime now = QueryTime.of(config, clock);
        return (int) states().filter(state -> state.lacksLauncher(now)).count();
    }

    private LongStream livePointAgesNs() {
        QueryTime now = QueryTime.of(config, clock);
        return states().filter(state -> state.hasLivePoint(now))
                .mapToLong(state -> now.nowNs() - state.receivedNs());
    }

    private Stream<PodState> states() {
        return namespaces.values().stream()
                .flatMap(pods -> pods.values().stream())
                .map(ScrapedPod::state);
    }
}
