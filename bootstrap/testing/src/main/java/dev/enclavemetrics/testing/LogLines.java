package dev.enclavemetrics.testing;

import dev.enclavemetrics.bootstrap.Log;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Records log lines, and waits for lines from other threads. */
public final class LogLines {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> lines = new ArrayList<>();
    private final Log log =
            new Log(
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
                        @Override
                        public void println(String line) {
                            add(line);
                        }
                    },
                    InstantSource.fixed(TestClock.START));

    /** The log whose lines are recorded. */
    public Log log() {
        return log;
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** All lines so far, without their timestamps. */
    public synchronized List<String> lines() {
        return lines.stream().map(l -> l.substring(l.indexOf(' ') + 1)).toList();
    }

    /** Waits until this many lines contain the text. */
    public synchronized void await(int count, String words) throws InterruptedException {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (lines.stream().filter(l -> l.contains(words)).count() < count) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError(
                        "timed out waiting for " + count + " lines with: " + words + ": " + lines);
            }
            wait(leftMs);
        }
    }
}
