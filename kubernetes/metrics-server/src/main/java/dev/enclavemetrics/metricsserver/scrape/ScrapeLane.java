package dev.enclavemetrics.metricsserver.scrape;

import java.util.ArrayDeque;
import java.util.Queue;

/** Limits the number of concurrent scrapes; the others wait in order. For one thread. */
final class ScrapeLane {

    private final int maxRunning;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private boolean draining;

    ScrapeLane(int maxRunning) {
        this.maxRunning = maxRunning;
    }

    /** Runs the work, now or when there is room; it must lead to one call of {@link #ended()}. */
    void run(Runnable work) {
        waiting.add(work);
        drain();
    }

    /** One has finished: the next may run. */
    void ended() {
        running--;
        drain();
    }

    /** A loop instead of recursion: work may finish before its {@code run} returns. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (running < maxRunning && !waiting.isEmpty()) {
                running++;
                waiting.remove().run();
            }
        } finally {
            draining = false;
        }
    }

    int running() {
        return running;
    }

    int waiting() {
        return waiting.size();
    }
}
