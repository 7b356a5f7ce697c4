package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPod.Phase;
import java.io.Closeable;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Replaces pods: one is terminated and deleted, and another takes its slot and address. For each
 * replaced pod three others are updated without a relevant change, as kubelets do.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failing step reports it itself
final class Churn implements Closeable {

    private static final long SEED = 1; // the same pods in every run
    private static final long STEP_MS = 1000;
    private static final int WRITES_A_REPLACEMENT = 3;
    private static final long US_A_MINUTE = 60_000_000;

    private final SimulatedPods pods;
    private final ScrapeJournal journal;
    private final Random random = new Random(SEED);
    private final ScheduledExecutorService steps =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "churn");
                        thread.setDaemon(true);
                        return thread;
                    });

    Churn(SimulatedPods pods, ScrapeJournal journal) {
        this.pods = pods;
        this.journal = journal;
    }

    /** Starts with this many replacements per minute; 0 for none. */
    void start(int replacementsAMinute) {
        if (replacementsAMinute > 0) {
            long everyUs = US_A_MINUTE / replacementsAMinute;
            steps.scheduleAtFixedRate(
                    reporting(this::step), everyUs, everyUs, TimeUnit.MICROSECONDS);
        }
    }

    private void step() {
        replace(random.nextInt(pods.count()), pod -> {}, pod -> {});
        for (int i = 0; i < WRITES_A_REPLACEMENT; i++) {
            SimulatedPod pod = pods.at(random.nextInt(pods.count()));
            if (pod != null) {
                pods.modify(pod, pod.phase());
            }
        }
    }

    /**
     * Replaces the running pod of a slot; reports when the old one is deleted and when the new one
     * runs.
     */
    void replace(int slot, Consumer<SimulatedPod> deleted, Consumer<SimulatedPod> running) {
        steps.execute(reporting(() -> terminate(slot, deleted, running)));
    }

    private void terminate(
            int slot, Consumer<SimulatedPod> deleted, Consumer<SimulatedPod> running) {
        SimulatedPod old = pods.at(slot);
        if (old == null || old.phase() != Phase.RUNNING) {
            return; // it is being replaced already
        }
        SimulatedPod ending = pods.modify(old, Phase.TERMINATING);
        journal.end(slot);
        later(
                () -> {
                    pods.delete(ending);
                    deleted.accept(old);
                    later(() -> create(old, running));
                });
    }

    private void create(SimulatedPod old, Consumer<SimulatedPod> running) {
        SimulatedPod pending = pods.create(old.slot(), old.generation() + 1);
        later(
                () -> {
                    SimulatedPod pod = pods.modify(pending, Phase.RUNNING);
                    if (pod.kind().live()) {
                        journal.begin(pod.slot(), System.nanoTime());
                    }
                    running.accept(pod);
                });
    }

    private void later(Runnable step) {
        steps.schedule(reporting(step), STEP_MS, TimeUnit.MILLISECONDS);
    }

    /** An executor would swallow a failure. */
    private static Runnable reporting(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                System.err.println("a step of the churn failed: " + e);
            }
        };
    }

    @Override
    public void close() {
        steps.shutdownNow();
    }
}
