package dev.enclavemetrics.bootstrap;

import java.io.Closeable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs the problem of an operation that is retried: when it begins, changes and ends, not at each
 * attempt. Thread-safe.
 */
public final class ProblemLog implements Closeable {

    private record Problem(String cause, String message) {}

    private final Consumer<String> problems;
    private final Consumer<String> recoveries;
    private @Nullable Problem current;
    private boolean closed;

    private ProblemLog(Consumer<String> problems, Consumer<String> recoveries) {
        this.problems = problems;
        this.recoveries = recoveries;
    }

    /** Logs problems as errors: something fails until they end. */
    public static ProblemLog errors(Log log) {
        return new ProblemLog(log::error, log::info);
    }

    /** Logs problems as warnings: the process keeps serving. */
    public static ProblemLog warnings(Log log) {
        return new ProblemLog(log::warn, log::info);
    }

    /** The message of the current problem, or null. */
    public synchronized @Nullable String current() {
        return current == null ? null : current.message;
    }

    /** An attempt failed; logged unless the last one failed with the same message. */
    public void failed(String message) {
        failed(message, message);
    }

    /**
     * An attempt failed; logged unless the last one failed for the same cause.
     *
     * @param cause what does not change from attempt to attempt, where the message has details
     */
    public synchronized void failed(String cause, String message) {
        if (!closed && (current == null || !current.cause.equals(cause))) {
            problems.accept(message);
            current = new Problem(cause, message);
        }
    }

    /** An attempt succeeded; logged if the last one failed. */
    public synchronized void recovered(String message) {
        if (!closed && current != null) {
            current = null;
            recoveries.accept(message);
        }
    }

    /** Logs nothing from now on: attempts that a shutdown ends fail, which is no problem. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
