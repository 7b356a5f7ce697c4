package dev.enclavemetrics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a process ends when a part that serves requests has failed. */
@Timeout(120)
class FailFastTest {

    /**
     * A process in which, by its argument, the event loop, a timer task, a task during the shutdown
     * or nothing fails.
     */
    static final class Failing {

        private Failing() {}

        public static void main(String[] arguments) {
            Log log = new Log(System.err, Clock.SYSTEM);
            ServingProcess.<Closeable>run(
                    log,
                    started -> {
                        FailingLoop loop = new FailingLoop();
                        ScheduledExecutorService timer =
                                Executors.newSingleThreadScheduledExecutor();
                        started.accept(
                                () -> {
                                    if (arguments[0].equals("shutdown")) {
                                        FailFast.task(FailingLoop::fail).run();
                                    }
                                    loop.shutdownAndAwait();
                                });
                        FailFast.loops("the loop", loop);
                        if (arguments[0].equals("loop")) {
                            loop.execute(FailingLoop::fail);
                        } else if (arguments[0].equals("task")) {
                            var unused =
                                    timer.scheduleAtFixedRate(
                                            FailFast.task(FailingLoop::fail), 0, 1, TimeUnit.DAYS);
                        } else {
                            loop.execute(() -> log.info("runs"));
                        }
                        return ServingProcess.OK;
                    });
        }
    }

    /**
     * An event loop that ends when a task throws an Error, as Netty's do after one in their I/O.
     */
    private static final class FailingLoop extends SingleThreadEventExecutor {

        FailingLoop() {
            super(null, new DefaultThreadFactory("loop"), true);
        }

        static void fail() {
            throw new OutOfMemoryError("a test's");
        }

        @Override
        protected void run() {
            while (!confirmShutdown()) {
                Runnable task = takeTask();
                if (task != null) {
                    task.run();
                }
            }
        }

        void shutdownAndAwait() {
            shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static Process process(String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Failing.class.getName(),
                        argument)
                .start();
    }

    private static String log(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loop | failed: java.lang.IllegalStateException: the loop must run until the"
                        + " process ends, found it ended",
                "task | failed: java.lang.OutOfMemoryError: a test's"
            })
    void endsTheProcessWithALineWhereAPartOfItHasEnded(String part, String words) throws Exception {
        Process process = process(part);

        assertThat(log(process)).contains("ERROR thread ", words);
        assertThat(process.waitFor()).isEqualTo(ServingProcess.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "shutdown"})
    void letsLoopsEndAndTasksFailInAShutdown(String part) throws Exception {
        Process process = process(part);
        var errors = process.errorReader(StandardCharsets.UTF_8);
        assertThat(errors.readLine()).endsWith("INFO  runs");

        process.toHandle().destroy();

        assertThat(errors.lines())
                .singleElement()
                .asString()
                .endsWith("INFO  shut down on SIGTERM");
        assertThat(process.waitFor()).isZero();
    }
}
