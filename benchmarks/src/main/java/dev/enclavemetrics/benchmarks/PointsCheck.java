package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares a custom metrics server's responses with the cluster. */
final class PointsCheck {

    private static final long POLL_MS = 50;

    private final SimulatedPods pods;
    private final MetricsClient client;

    PointsCheck(SimulatedPods pods, MetricsClient client) {
        this.pods = pods;
        this.client = client;
    }

    /** Waits until every live pod has a point. */
    void awaitFullSet(MeasuredProcesses server, long timeoutNs)
            throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        for (int i = 0; i < SimulatedPod.namespaces(pods.count()); i++) {
            String namespace = SimulatedPod.namespace(i);
            Set<String> missing = live(namespace);
            while (!missing.isEmpty()) {
                server.mustLive();
                if (System.nanoTime() - startNs > timeoutNs) {
                    throw new IOException(
                            "every live pod must have a point, found none of "
                                    + missing.size()
                                    + " in "
                                    + namespace
                                    + ", "
                                    + missing.iterator().next()
                                    + " among them");
                }
                Thread.sleep(POLL_MS);
                missing.removeAll(answered(namespace));
            }
        }
    }

    private Set<String> answered(String namespace) throws InterruptedException {
        try {
            return client.milliOfAll(namespace).keySet();
        } catch (IOException e) {
            return Set.of(); // not listening yet
        }
    }

    /** Returns points without a live pod, or with another pod's value, each with the reason. */
    Map<String, String> wrong() throws IOException, InterruptedException {
        Map<String, String> wrong = new TreeMap<>();
        for (int i = 0; i < SimulatedPod.namespaces(pods.count()); i++) {
            String namespace = SimulatedPod.namespace(i);
            Map<String, SimulatedPod> before = named(namespace);
            Map<String, Integer> answered = client.milliOfAll(namespace);
            Map<String, SimulatedPod> there = named(namespace);
            there.putAll(before); // a pod deleted in the meantime is no error
            answered.forEach(
                    (name, milli) -> {
                        SimulatedPod pod = there.get(name);
                        if (pod == null) {
                            wrong.put(name, "there is no such pod");
                        } else if (!pod.kind().live()) {
                            wrong.put(name, "a launcher that is " + pod.kind());
                        } else if (milli != SimulatedPod.cpuMilli(pod.slot())) {
                            wrong.put(name, "another's value, " + milli + "m");
                        }
                    });
        }
        return wrong;
    }

    private Set<String> live(String namespace) {
        return of(namespace, pod -> pod.kind().live() && pod.phase() == Phase.RUNNING).stream()
                .map(SimulatedPod::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Map<String, SimulatedPod> named(String namespace) {
        return of(namespace, pod -> true).stream()
                .collect(Collectors.toMap(SimulatedPod::name, pod -> pod));
    }

    private Set<SimulatedPod> of(String namespace, Predicate<SimulatedPod> wanted) {
        return pods.all().stream()
                .filter(pod -> pod.namespace().equals(namespace) && wanted.test(pod))
                .collect(Collectors.toSet());
    }
}
