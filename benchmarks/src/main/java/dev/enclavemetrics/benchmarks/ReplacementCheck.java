package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces some pods and polls old and new ones. It measures how long an old pod still has a value
 * after its deletion, and how long a new one has none after it started to run. It also stops the
 * launchers of as many other pods, and measures how long these still have a value.
 */
final class ReplacementCheck {

    /**
     * @param mostGoneMs the maximum for the old pods; 0 if each value was gone before the deletion
     * @param mostThereMs the maximum for the new pods
     * @param mostDeadMs the maximum for the pods whose launchers were stopped
     */
    record Outcome(double mostGoneMs, double mostThereMs, double mostDeadMs) {}

    private static final int REPLACED = 10;
    private static final long POLL_MS = 5;
    private static final double NS_PER_MS = 1e6;

    private final SimulatedPods pods;
    private final MetricsClient client;
    private final Map<SimulatedPod, Long> deletedNs = new ConcurrentHashMap<>();
    private final Map<SimulatedPod, Long> runningNs = new ConcurrentHashMap<>();
    private final Map<SimulatedPod, Long> killedNs = new ConcurrentHashMap<>();
    private final List<SimulatedPod> gone = new ArrayList<>();
    private final List<SimulatedPod> there = new ArrayList<>();
    private final List<SimulatedPod> dead = new ArrayList<>();

    ReplacementCheck(SimulatedPods pods, MetricsClient client) {
        this.pods = pods;
        this.client = client;
    }

    Outcome run(Churn churn, SimulatedLaunchers launchers, long timeoutNs)
            throws IOException, InterruptedException {
        for (int i = 0; i < REPLACED; i++) {
            int slot =
                    (int) ((long) i * pods.count() / REPLACED) / 10 * 10; // slots of healthy pods
            churn.replace(
                    slot,
                    old -> deletedNs.put(old, System.nanoTime()),
                    pod -> runningNs.put(pod, System.nanoTime()));
            SimulatedPod neighbour = pods.at(slot + 1);
            if (neighbour == null) {
                throw new IOException(
                        "the pod after slot " + slot + " must run, found it replaced");
            }
            launchers.kill(slot + 1);
            killedNs.put(neighbour, System.nanoTime());
        }
        long mostGoneNs = 0;
        long mostThereNs = 0;
        long mostDeadNs = 0;
        long startNs = System.nanoTime();
        while (there.size() < REPLACED || gone.size() < REPLACED || dead.size() < REPLACED) {
            if (System.nanoTime() - startNs > timeoutNs) {
                throw new IOException(
                        "%d pods must be gone, their replacements present, and dead launchers'"
                                        .formatted(REPLACED)
                                + " values gone, found %d, %d and %d"
                                        .formatted(gone.size(), there.size(), dead.size()));
            }
            mostGoneNs = Math.max(mostGoneNs, ask(deletedNs, false, gone));
            mostThereNs = Math.max(mostThereNs, ask(runningNs, true, there));
            mostDeadNs = Math.max(mostDeadNs, ask(killedNs, false, dead));
            Thread.sleep(POLL_MS);
        }
        return new Outcome(mostGoneNs / NS_PER_MS, mostThereNs / NS_PER_MS, mostDeadNs / NS_PER_MS);
    }

    /** Returns how many of the old pods have a value again; must be 0. */
    int returned() throws IOException, InterruptedException {
        int returned = 0;
        for (SimulatedPod pod : gone) {
            returned += client.has(pod) ? 1 : 0;
        }
        return returned;
    }

    /**
     * Returns the longest time that a pod took to change, among those that changed since the last
     * call.
     */
    private long ask(Map<SimulatedPod, Long> sinceNs, boolean wanted, List<SimulatedPod> done)
            throws IOException, InterruptedException {
        long mostNs = 0;
        for (Map.Entry<SimulatedPod, Long> one : sinceNs.entrySet()) {
            if (!done.contains(one.getKey())) {
                long askedNs = System.nanoTime();
                if (client.has(one.getKey()) == wanted) {
                    done.add(one.getKey());
                    mostNs = Math.max(mostNs, askedNs - one.getValue());
                }
            }
        }
        return mostNs;
    }
}
