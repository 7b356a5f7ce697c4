package dev.enclavemetrics.metricsserver.scrape;

import java.util.ArrayDeque;
import java.util.Queue;

/** Work of which only so much runs at once; the rest waits in its order. For one thread. */
final class ScrapeLane {

    private final int mostAtOnce;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private boolean draining;

    ScrapeLane(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /** Runs it, now or when there is room; it must lead to one {@link #ended()}. */
    void run(Runnable work) {
        waiting.add(work);
        drain();
    }

    /** One is done: the next may run. */
    void ended() {
        running--;
        drain();
    }

    /** A loop and no recursion: work may end before its {@code run} returns. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (running < mostAtOnce && !waiting.isEmpty()) {
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
