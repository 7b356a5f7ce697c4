package dev.enclavemetrics.bootstrap;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The life of a process that serves until a signal ends it, and the exit codes it may end with. */
public final class ServingProcess {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int BAD_SETTINGS = 2;

    private static volatile boolean ending;

    /** What may fail at start. */
    @FunctionalInterface
    public interface Start {
        /** Returns the exit code, if the process is to end. */
        int start() throws IOException;
    }

    private ServingProcess() {}

    /**
     * What {@code main} does: runs until a signal ends the process, if the body left something
     * running.
     *
     * @param body does what the arguments say; gives the exit code, and to its argument what runs
     */
    public static <P extends Closeable> void run(Log log, ToIntFunction<Consumer<P>> body) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(log, thread, failure));
        AtomicReference<@Nullable P> running = new AtomicReference<>();
        Thread end = new Thread(() -> end(running.get(), log), "shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        int code = body.applyAsInt(running::set);
        if (code != OK || running.get() == null) {
            Runtime.getRuntime().halt(code); // not exit: that is what a signal does
        }
    }

    /** Ends the process, even where the memory does not suffice to say why. */
    private static void fail(Log log, Thread thread, Throwable failure) {
        try {
            log.error("thread " + thread.getName() + " failed: " + failure);
        } finally {
            Runtime.getRuntime().halt(FAILED); // the container runtime restarts it
        }
    }

    /** Whether the process is shutting down, so that its parts may end. */
    static boolean isEnding() {
        return ending;
    }

    /** What a signal leads to. Without the halt the JVM would end with 143, as if it had failed. */
    private static void end(@Nullable Closeable running, Log log) {
        ending = true;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                log.warn("could not end in order: " + e.getMessage());
            }
            log.info("ended by a signal");
        }
        Runtime.getRuntime().halt(OK);
    }

    /** The exit code of a start, with what went wrong told. */
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

    /** The release that a class is of, from its jar's manifest. */
    public static String version(Class<?> type) {
        return Objects.requireNonNullElse(
                type.getPackage().getImplementationVersion(), "development");
    }
}
