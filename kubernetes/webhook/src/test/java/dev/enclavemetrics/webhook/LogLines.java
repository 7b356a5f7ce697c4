package dev.enclavemetrics.webhook;

import dev.enclavemetrics.process.Log;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is logged. */
final class LogLines {

    private static final long PATIENCE_MS = 20_000;

    private final List<String> lines = new ArrayList<>();
    private final Log log =
            new Log(
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
                        @Override
                        public void println(String line) {
                            add(line.substring(line.indexOf(' ') + 1)); // without the time
                        }
                    },
                    InstantSource.fixed(Instant.EPOCH));

    Log log() {
        return log;
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits until a line has the words. */
    synchronized void await(String words) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (lines.stream().noneMatch(l -> l.contains(words))) {
            long leftMs = end - System.currentTimeMillis();
            if (leftMs <= 0) {
                throw new AssertionError("no line with: " + words + ": " + lines);
            }
            wait(leftMs);
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
