package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.application.ApplicationConfig;
import dev.enclavemetrics.agent.application.ApplicationReader;
import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.sample.OshiSampler;
import dev.enclavemetrics.agent.sample.ProcSampler;
import dev.enclavemetrics.agent.sample.Sampler;
import dev.enclavemetrics.agent.serve.FrameServer;
import dev.enclavemetrics.agent.serve.Pause;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.Setting;
import dev.enclavemetrics.agent.settings.SettingsException;
import dev.enclavemetrics.agent.settings.SettingsReader;
import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.transport.Listener;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The agent as a separate process: {@code java -jar enclave-agent.jar key=value …}. */
public final class Agent {

    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_BAD_SETTINGS = 2;

    /** Enough for a loop and the native library, instead of the default of 1 MiB. */
    static final long STACK_BYTES = 256 * 1024;

    private static final long LISTEN_RETRY_NS = 1_000_000_000;

    private Agent() {}

    public static void main(String[] arguments) {
        List<String> settings = List.of(arguments);
        if (settings.contains("--help")) {
            printHelp(System.out);
            return;
        }
        if (settings.contains("--version")) {
            System.out.println("enclave-agent " + version());
            return;
        }
        AgentLog log = new AgentLog(System.err);
        try {
            AgentConfig config = SettingsReader.read(settings, System.getenv(), log);
            AgentLoop loop = loop(config, log, false);
            if (config.lastWords()) {
                endWithTheCommand(loop);
            }
            loop.run();
        } catch (SettingsException e) {
            e.problems().forEach(log::line);
            System.exit(EXIT_BAD_SETTINGS);
        } catch (IOException e) {
            log.line("cannot start: " + e.getMessage());
            System.exit(EXIT_FAILURE);
        } catch (Throwable e) { // otherwise the shutdown hook would exit with 0
            log.failure("shut down after a failure", e);
            Runtime.getRuntime().halt(EXIT_FAILURE);
        }
    }

    /**
     * Composes the stages, in the order in which the data goes through them.
     *
     * @param inApplication whether it runs in the application's own JVM, as a -javaagent; if not,
     *     SIGTERM ends the process with 0 from now on
     */
    static AgentLoop loop(AgentConfig config, AgentLog log, boolean inApplication)
            throws IOException {
        LongSupplier nanoTime = new MonotonicClock();
        Sampler sampler = sampler(config, nanoTime);
        Transport transport = Transport.load();
        ApplicationReader application = application(config, transport, log, nanoTime);
        SamplingPipeline pipeline = new SamplingPipeline(sampler, config, application);
        ParentProcess parent = new ParentProcess(config.whilePid());
        Listener listener = null;
        try {
            boolean retries = inApplication || config.whilePid() != AgentConfig.NO_PID;
            listener = listen(transport, config, retries, parent, log);
            FrameServer server = new FrameServer(listener, transport, config, log, nanoTime);
            AgentLoop loop = new AgentLoop(pipeline, server, config, parent, log, nanoTime);
            if (!inApplication) {
                exitCleanlyOnSigterm(loop); // before the line that says that it is ready
            }
            log.line(
                    version()
                            + " samples "
                            + sampler.source()
                            + " every "
                            + config.intervalMs()
                            + "ms, averages over "
                            + config.windowMs()
                            + "ms, listens on "
                            + config.listen()
                            + " ("
                            + transport.binding()
                            + ")");
            if (application != null) {
                startReader(application, String.valueOf(config.application()), log);
            }
            return loop;
        } catch (Throwable e) { // the application around a -javaagent keeps running
            pipeline.close();
            parent.close();
            if (listener != null) {
                listener.close();
            }
            throw e;
        }
    }

    private static @Nullable ApplicationReader application(
            AgentConfig config, Transport transport, AgentLog log, LongSupplier nanoTime) {
        ApplicationConfig metrics = config.application();
        return metrics == null
                ? null
                : new ApplicationReader(
                        metrics,
                        config.intervalMs(),
                        config.windowIntervals(),
                        config.resolution().significantDigits(),
                        transport,
                        log,
                        nanoTime);
    }

    private static void startReader(ApplicationReader reader, String what, AgentLog log) {
        Thread thread = new Thread(null, reader, "enclave-agent-application", STACK_BYTES, false);
        thread.setDaemon(true);
        thread.start();
        log.line("reads " + what);
    }

    /**
     * Another agent may still listen: that of a parent JVM, or of the previous run of a command
     * that was restarted at once. So listening is retried while the application runs; an agent by
     * its own exits instead, and its supervisor restarts it.
     */
    private static Listener listen(
            Transport transport,
            AgentConfig config,
            boolean retries,
            ParentProcess parent,
            AgentLog log)
            throws IOException {
        String consequence = "no metrics yet, retrying every second";
        Pause.ns(0); // loads the classes that it needs while there is memory
        for (boolean logged = false; ; ) {
            try {
                return transport.listen(config.listen(), config.socketMode());
            } catch (IOException | OutOfMemoryError e) {
                if (!retries || parent.hasEnded()) {
                    throw e;
                }
                logged = logged || log.failure(consequence, e);
                Pause.ns(LISTEN_RETRY_NS);
            }
        }
    }

    private static Sampler sampler(AgentConfig config, LongSupplier nanoTime) throws IOException {
        Path proc = config.proc();
        if (Files.exists(proc) || !proc.toString().equals(Setting.PROC.standard())) {
            return new ProcSampler(proc, nanoTime);
        }
        try {
            return new OshiSampler(nanoTime);
        } catch (LinkageError e) { // no OSHI on the class path
            throw new IOException(
                    "/proc must exist, or enclave-agent-optional.jar beside the agent's jar", e);
        }
    }

    /** Not a lambda: the first one makes the JVM load some 200 classes, 2.6 MB. */
    private static final class MonotonicClock implements LongSupplier {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    /** Exits with 0: the JVM would exit with 143, but SIGTERM is no failure. */
    private static void exitCleanlyOnSigterm(AgentLoop loop) {
        Thread hook =
                new Thread("shutdown") {
                    @Override
                    public void run() {
                        try {
                            loop.close();
                        } catch (IOException | RuntimeException e) {
                            // The process exits, and the kernel closes the rest.
                        } finally {
                            Runtime.getRuntime().halt(0);
                        }
                    }
                };
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Ends the loop when standard input reports the end of the command. A signal would be lost if
     * the command ended before this JVM was ready for it.
     */
    private static void endWithTheCommand(AgentLoop loop) {
        Thread reader =
                new Thread(null, null, "enclave-agent-last-words", STACK_BYTES, false) {
                    @Override
                    public void run() {
                        try {
                            Ending ending = ending(System.in);
                            if (ending != null) {
                                loop.end(ending);
                            }
                        } catch (IOException e) {
                            // The agent exits with its parent process.
                        }
                    }
                };
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until the command has ended: how, in two bytes as in the frame; null without them. */
    private static @Nullable Ending ending(InputStream in) throws IOException {
        int kind = in.read();
        int code = in.read();
        return code < 0 ? null : Ending.of(kind, code);
    }

    private static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static void printHelp(PrintStream out) {
        out.println("Streams the CPU and memory usage of this machine to the launcher beside it.");
        out.println();
        out.println("  java -jar enclave-agent.jar [key=value ...]");
        out.println("  java -javaagent:enclave-agent.jar[=key=value,...] APPLICATION");
        out.println();
        for (Setting setting : Setting.values()) {
            out.println("  " + setting.key() + "=" + setting.standard());
            out.println("      " + setting.meaning());
            out.println("      environment: " + setting.environmentKey());
        }
        out.println();
        out.println("  --help, --version");
    }
}
