package dev.enclavemetrics.kubectl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What kubectl writes to its standard error. Its last words, why it failed, are kept; all else goes
 * on at once, byte by byte: a plugin that logs in may ask there, and wait for the answer.
 */
final class KubectlMessages {

    private static final List<String> FAILURES =
            List.of(
                    "Error from server",
                    "error: ",
                    "Unable to connect to the server",
                    "The connection to the server ");
    private static final int MAX_KEPT_BYTES = 8 * 1024;

    private final PrintStream others;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** The beginning of a line that may yet be a failure's. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private boolean failing;
    private boolean passing;

    KubectlMessages(PrintStream others) {
        this.others = others;
    }

    /** Reads to the end. */
    void read(InputStream errors) {
        byte[] buffer = new byte[1024];
        try {
            for (int count; (count = errors.read(buffer)) >= 0; ) {
                for (int i = 0; i < count; i++) {
                    take(buffer[i]);
                }
                others.flush();
            }
        } catch (IOException e) {
            // as its end: the process is gone
        }
        if (!failing) {
            others.writeBytes(begun.toByteArray());
            others.flush();
        }
    }

    private void take(byte b) {
        if (failing) {
            if (kept.size() < MAX_KEPT_BYTES) {
                kept.write(b);
            }
        } else if (passing) {
            others.write(b);
            passing = b != '\n';
        } else {
            begun.write(b);
            sort(begun.toString(StandardCharsets.UTF_8), b == '\n');
        }
    }

    private void sort(String line, boolean ended) {
        if (FAILURES.stream().anyMatch(line::startsWith)) {
            failing = true;
            kept.writeBytes(begun.toByteArray());
        } else if (ended || FAILURES.stream().noneMatch(failure -> failure.startsWith(line))) {
            others.writeBytes(begun.toByteArray());
            begun.reset();
            passing = !ended;
        }
    }

    /** Why kubectl failed, or empty if it said nothing that looks so. */
    String failure() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
