package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the responses of each server by verdict. */
final class SoakCounts {

    enum Verdict {
        RIGHT,
        /** The server responds that it has no value. */
        UNAVAILABLE,
        /** No connection, or no response in time. */
        UNANSWERED,
        WRONG
    }

    /** Sends one request and checks the response. */
    interface Asking {
        Verdict ask() throws IOException, InterruptedException;
    }

    private static final long NS_PER_S = 1_000_000_000;

    private final long startNs = System.nanoTime();
    private final Map<String, Map<Verdict, Integer>> counts = new TreeMap<>();

    void add(String server, Asking asking) throws InterruptedException {
        Verdict verdict;
        try {
            verdict = asking.ask();
        } catch (IOException e) {
            verdict = Verdict.UNANSWERED;
        }
        synchronized (this) {
            counts.computeIfAbsent(server, name -> new EnumMap<>(Verdict.class))
                    .merge(verdict, 1, Integer::sum);
        }
    }

    synchronized void print() {
        long seconds = (System.nanoTime() - startNs) / NS_PER_S;
        counts.forEach(
                (server, byVerdict) -> {
                    StringBuilder line = new StringBuilder().append(seconds).append('\t');
                    line.append(server);
                    for (Verdict verdict : Verdict.values()) {
                        line.append('\t').append(byVerdict.getOrDefault(verdict, 0));
                    }
                    System.out.println(line);
                });
    }
}
