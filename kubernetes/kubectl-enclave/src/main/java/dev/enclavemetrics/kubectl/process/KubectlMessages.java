package dev.enclavemetrics.kubectl.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads kubectl's standard error. The failure at its end is kept; the rest is passed on at once,
 * byte by byte, since a login plugin may ask a question there and wait for the answer.
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

    /** The start of a line, while it may still be that of a failure. */
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
            // like its end: the process has ended
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

    /** The failure, or empty if there was none. */
    String failure() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
