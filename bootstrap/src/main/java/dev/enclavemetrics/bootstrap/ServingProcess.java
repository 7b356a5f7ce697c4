package dev.enclavemetrics.bootstrap;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The lifecycle of a process that serves until SIGTERM, and its exit codes. */
public final class ServingProcess {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int BAD_SETTINGS = 2;

    private static volatile boolean ending;

    /** A start, which may fail. */
    @FunctionalInterface
    public interface Start {
        /** Returns the exit code, used if nothing keeps running. */
        int start() throws IOException;
    }

    private ServingProcess() {}

    /**
     * Called by {@code main}. If the body starts something that keeps running, the process ends on
     * SIGTERM; otherwise it ends at once.
     *
     * @param body handles the arguments: returns the exit code, and passes what keeps running to
     *     its argument
     */
    public static <P extends Closeable> void run(Log log, ToIntFunction<Consumer<P>> body) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(log, thread, failure));
        AtomicReference<@Nullable P> running = new AtomicReference<>();
        Thread end = new Thread(() -> end(running.get(), log), "shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        int code = body.applyAsInt(running::set);
        if (code != OK || running.get() == null) {
            Runtime.getRuntime().halt(code); // exit would run the shutdown hook
        }
    }

    /** Ends the process, even if there is no memory for the log line. */
    private static void fail(Log log, Thread thread, Throwable failure) {
        try {
            log.error("thread " + thread.getName() + " failed: " + failure);
        } finally {
            Runtime.getRuntime().halt(FAILED); // the container runtime restarts it
        }
    }

    /** Whether the process is shutting down, so that its threads may end. */
    public static boolean isEnding() {
        return ending;
    }

    /**
     * Runs on SIGTERM. Without the halt the JVM would exit with 143, which looks like a failure.
     */
    private static void end(@Nullable Closeable running, Log log) {
        ending = true;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                log.warn("could not shut down cleanly: " + e.getMessage());
            }
            log.info("shut down on SIGTERM");
        }
        Runtime.getRuntime().halt(OK);
    }

    /** The exit code of a start; failures are logged. */
    public static int exitCode(Log log, Start start) {
        try {
            return start.start();
        } catch (BadSettingsException e) {
            e.problems().forEach(log::error);
            return BAD_SETTINGS;
        } catch (IOException e) {
            log.error(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return FAILED;
        }
    }

    /** The version of a class, from the manifest of its jar. */
    public static String version(Class<?> type) {
        return Objects.requireNonNullElse(
                type.getPackage().getImplementationVersion(), "development");
    }
}
