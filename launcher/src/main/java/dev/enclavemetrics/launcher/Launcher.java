package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.PlainArguments;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.bootstrap.SettingsCommand;
import dev.enclavemetrics.launcher.nitro.EnclaveExitCode;
import dev.enclavemetrics.launcher.receive.Backoff;
import dev.enclavemetrics.launcher.receive.ElapsedClock;
import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.launcher.receive.FrameReceiver;
import dev.enclavemetrics.launcher.receive.SnapshotWriter;
import dev.enclavemetrics.launcher.serve.HttpServer;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher's process: reads the settings, connects the stages, shuts down on a signal. */
public final class Launcher implements Closeable {

    private final EnclaveLocator locator;
    private final FrameReceiver receiver;
    private final HttpServer server;

    /**
     * The data flow, from the enclave to HTTP. Listens, and starts nothing else: the shutdown hook
     * does not know this launcher yet, so there must be no enclave to terminate.
     */
    Launcher(LauncherConfig config, Map<String, String> environment, Log log) throws IOException {
        Clock clock = new ElapsedClock(Clock.SYSTEM);
        Counters counters = new Counters();
        LatestSnapshot latest = new LatestSnapshot();
        Transport transport = Transport.load();
        SnapshotWriter writer = new SnapshotWriter(latest, counters, clock, log);

        String path = environment.getOrDefault("PATH", "");
        locator = config.enclave().locator(config.enclavePort(), path, log);
        Backoff backoff = new Backoff(new SplittableRandom(), locator::pause);
        receiver = new FrameReceiver(locator, transport, writer, backoff);

        String enclave = config.enclave().toString();
        HttpServer.Content content = new HttpServer.Content(latest, counters, enclave, version());
        server = HttpServer.listen(config.http(), content, clock, log);

        log.info(
                "launcher "
                        + version()
                        + " serves "
                        + enclave
                        + " at "
                        + server
                        + ", sockets by "
                        + transport.binding());
    }

    /** Dials the agent, and starts the enclave if configured to. Does nothing after a close. */
    void start() {
        receiver.start();
        locator.start(); // last: there is no enclave if anything fails before
    }

    /** The TCP port that it serves on. */
    int port() {
        return server.port();
    }

    /** Runs until a signal stops the process. */
    public static void main(String[] arguments) {
        Log log = new Log(System.err, Clock.SYSTEM);
        ServingProcess.<Launcher>run(
                log, started -> run(arguments, System.getenv(), System.out, log, started));
    }

    /**
     * Prints what the arguments ask for, or starts a launcher.
     *
     * @param started receives the running launcher
     * @return the exit code, if the process is to end
     */
    static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintStream results,
            Log log,
            Consumer<Launcher> started) {
        Arguments<Setting> plain = PlainArguments.parse(Setting.class, arguments);
        if (plain == null) {
            return command()
                    .run(
                            arguments,
                            "launcher " + version(),
                            results,
                            log,
                            parsed -> start(parsed, environment, log, started));
        }
        return ServingProcess.exitCode(
                log,
                () -> {
                    start(plain, environment, log, started);
                    return ServingProcess.OK;
                });
    }

    private static void start(
            Arguments<Setting> arguments,
            Map<String, String> environment,
            Log log,
            Consumer<Launcher> started)
            throws IOException {
        ProcessLimits limits = ProcessLimits.ofThisProcess();
        Launcher launcher =
                new Launcher(
                        LauncherConfig.from(arguments, environment, limits, log), environment, log);
        started.accept(launcher);
        launcher.start();
        System.gc(); // frees what only the start used: megabytes, of which little is needed later
    }

    static SettingsCommand<Setting> command() {
        SettingsCommand<Setting> command =
                SettingsCommand.ofProcess(
                        "launcher.jar",
                        Setting.IDLE_TIMEOUT,
                        "Receives the metrics of an enclave and serves them at"
                                + " http://HOST:59090/metrics, as JSON or for Prometheus.");
        var usage = command.spec().usageMessage();
        String more =
                Arrays.stream(EnclaveExitCode.values())
                        .map(exit -> exit.code() + " " + exit.message())
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "With --run-enclave also: ",
                                        ", and otherwise the exit code of the enclave's command."));
        usage.footer(
                Stream.concat(Arrays.stream(usage.footer()), Stream.of(more))
                        .toArray(String[]::new));
        return command;
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return ServingProcess.version(Launcher.class);
    }

    @Override
    public void close() {
        receiver.close();
        server.close();
        locator.close();
    }
}
