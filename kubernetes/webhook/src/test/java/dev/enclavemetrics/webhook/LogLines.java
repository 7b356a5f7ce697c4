package dev.enclavemetrics.webhook;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is logged. */
final class LogLines {

    private final List<String> lines = new ArrayList<>();
    private final Log log =
            new Log(
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
                        @Override
                        public void println(String line) {
                            lines.add(line.substring(line.indexOf(' ') + 1)); // without the time
                        }
                    },
                    InstantSource.fixed(Instant.EPOCH));

    Log log() {
        return log;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
