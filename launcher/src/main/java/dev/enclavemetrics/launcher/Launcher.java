package dev.enclavemetrics.launcher;

import dev.enclavemetrics.process.Arguments;
import dev.enclavemetrics.process.BadSettingsException;
import dev.enclavemetrics.process.Clock;
import dev.enclavemetrics.process.Log;
import dev.enclavemetrics.process.SettingsCommand;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The launcher's process: reads the settings, wires the stages, ends on a signal. */
public final class Launcher implements Closeable {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_SETTINGS = 2;

    private final FrameReceiver receiver;
    private final HttpServer server;

    /** The data's way, from the enclave to HTTP. */
    Launcher(LauncherConfig config, Map<String, String> environment, Log log) throws IOException {
        Clock clock = Clock.SYSTEM;
        Counters counters = new Counters();
        LatestSnapshot latest = new LatestSnapshot();

        EnclaveLocator locator =
                EnclaveLocator.of(
                        config.enclave(),
                        config.enclavePort(),
                        environment.getOrDefault("PATH", ""));
        Transport transport = Transport.load();
        SnapshotWriter writer = new SnapshotWriter(latest, counters, clock, log);
        Backoff backoff = new Backoff(new SplittableRandom(), Thread::sleep);
        receiver = new FrameReceiver(locator, transport, writer, backoff);

        PrometheusText text = new PrometheusText(counters, version());
        Routes routes = new Routes(new MetricsAnswers(latest, text, clock));
        OpenConnections connections =
                new OpenConnections(config.maxConnections(), config.idleTimeout(), counters, log);
        server =
                HttpServer.listen(
                        config,
                        connections,
                        clock,
                        () -> new MetricsHandler(routes, connections, counters, clock));

        log.info(
                "launcher "
                        + version()
                        + " serves "
                        + config.enclave()
                        + " at "
                        + server
                        + ", sockets by "
                        + transport.binding());
        receiver.start();
    }

    /** The TCP port that it serves on. */
    int port() {
        return server.port();
    }

    /** Runs until a signal ends the process. */
    public static void main(String[] arguments) {
        Log log = new Log(System.err, Clock.SYSTEM);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> {
                    log.error("thread " + thread.getName() + " failed: " + failure);
                    Runtime.getRuntime().halt(FAILED); // whoever watches starts it again
                });
        AtomicReference<@Nullable Launcher> running = new AtomicReference<>();
        Thread end = new Thread(() -> end(running.get(), log), "shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        int code = run(arguments, System.getenv(), System.out, log, running::set);
        if (code != OK) {
            Runtime.getRuntime().halt(code); // not exit: that is what a signal does
        }
    }

    /** What a signal leads to. Without the halt the JVM would end with 143, as if it had failed. */
    private static void end(@Nullable Launcher running, Log log) {
        if (running != null) {
            running.close();
            log.info("ended by a signal");
        }
        Runtime.getRuntime().halt(OK);
    }

    /**
     * Does what the arguments say, and leaves a launcher running if they say so.
     *
     * @param started takes the launcher that runs
     * @return the exit code, if the process is to end
     */
    static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintStream results,
            Log log,
            Consumer<Launcher> started) {
        SettingsCommand<Setting> command = command();
        Arguments<Setting> parsed = command.parse(arguments);
        if (parsed.help()) {
            results.print(command.help());
            results.flush();
            return OK;
        }
        if (parsed.version()) {
            results.println("launcher " + version());
            return OK;
        }
        try {
            LauncherConfig config = LauncherConfig.from(parsed, environment, log);
            started.accept(new Launcher(config, environment, log));
            return OK;
        } catch (BadSettingsException e) {
            e.problems().forEach(log::error);
            return BAD_SETTINGS;
        } catch (IOException e) {
            log.error(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return FAILED;
        }
    }

    static SettingsCommand<Setting> command() {
        return SettingsCommand.ofProcess(
                "launcher.jar",
                Setting.IDLE_TIMEOUT,
                "Receives the metrics of an enclave and serves them at http://HOST:59090/metrics,"
                        + " as JSON or for Prometheus.");
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return Objects.requireNonNullElse(
                Launcher.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public void close() {
        receiver.close();
        server.close();
    }
}
