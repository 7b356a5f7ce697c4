package dev.enclavemetrics.bootstrap;

import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Tasks and event loops that a process cannot serve without. Executors and event loops swallow a
 * failure: the process would stay up, do nothing and log nothing. Here such a failure ends the
 * process, as an uncaught exception does, except while it shuts down.
 */
public final class FailFast {

    private FailFast() {}

    /** Wraps a task for a timer, which would silently not run it again after a failure. */
    public static Runnable task(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        };
    }

    /**
     * Watches event loops until the process shuts down. An {@code OutOfMemoryError} ends a loop; no
     * uncaught exception handler runs then, since the loop's own thread catches it.
     *
     * @param name what the loops are for, for the log
     */
    public static void loops(String name, EventExecutorGroup loops) {
        loops.forEach(loop -> until(name, loop.terminationFuture()));
    }

    /** Watches anything else that can end, such as a listening channel by its close future. */
    public static void until(String name, Future<?> end) {
        end.addListener(
                ended ->
                        fail(
                                new IllegalStateException(
                                        name
                                                + " must run until the process ends, found it"
                                                + " ended")));
    }

    private static void fail(Throwable failure) {
        if (ServingProcess.isEnding()) {
            return; // the shutdown takes from tasks what they need
        }
        @Nullable UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null) { // null outside of a serving process, as in tests
            handler.uncaughtException(Thread.currentThread(), failure);
        }
    }
}
