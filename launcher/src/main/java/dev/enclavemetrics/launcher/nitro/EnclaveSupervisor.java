package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.receive.Backoff;
import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.launcher.receive.EnclaveNotRunningException;
import dev.enclavemetrics.launcher.snapshot.LastWords;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the enclave and watches it. When it has exited, restarts it or ends the process, as the
 * rules say. Works on its own thread; the receiver's thread asks it where to dial.
 */
final class EnclaveSupervisor implements EnclaveLocator {

    /** The objects that it uses. */
    record Tools(NitroCli nitro, Backoff pauses, Clock clock, Log log, TerminationMessage message) {

        /** The process is about to end with a code other than 0. */
        void fail(String why, int exit) {
            log.error(why + "; exit code " + exit);
            message.write(why);
        }
    }

    /** An enclave that ran this long resets the backoff. */
    static final long STEADY_NS = TimeUnit.MINUTES.toNanos(1);

    private static final long FIRST_PAUSE_MS = 2_000; // random, from half of it to this
    private static final long LAST_PAUSE_MS = 60_000;

    private final EnclaveAddress.Launched launched;
    private final Tools tools;
    private final IntConsumer end;
    private final EnclaveState state = new EnclaveState();
    private final Thread thread = new Thread(this::run, "enclave-supervisor");

    /** Why it is unknown whether the enclave runs; logged once. */
    private final AtomicReference<String> unknownReason = new AtomicReference<>("");

    private @Nullable NitroEnclave dialled; // these two: for the receiver's thread only
    private long seenChanges;

    /**
     * A supervisor of one enclave at a time.
     *
     * @param end ends the process with an exit code
     */
    EnclaveSupervisor(EnclaveAddress.Launched launched, Tools tools, IntConsumer end) {
        this.launched = launched;
        this.tools = tools;
        this.end = end;
    }

    /**
     * The supervisor of this process's enclave.
     *
     * @param path folders, as in the environment variable PATH
     */
    static EnclaveSupervisor of(EnclaveAddress.Launched launched, String path, Log log) {
        NitroCliRunner command =
                new NitroCliProcess(
                        path,
                        "--run-enclave",
                        "install aws-nitro-enclaves-cli; in a container, mount it from the node");
        Backoff pauses =
                new Backoff(new SplittableRandom(), Thread::sleep, FIRST_PAUSE_MS, LAST_PAUSE_MS);
        TerminationMessage message = new TerminationMessage(TerminationMessage.FILE, log);
        Tools tools = new Tools(new NitroCli(command), pauses, Clock.SYSTEM, log, message);
        // halt, not exit: the shutdown hook would terminate an enclave, and there is none.
        return new EnclaveSupervisor(launched, tools, Runtime.getRuntime()::halt);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (state.starts()) {
                int exit = runOnce();
                if (state.isClosed()) {
                    return;
                }
                if (exit == 0) { // no failure, so it is not restarted
                    tools.log().info(state.why());
                    tools.message().write(state.why());
                    end.accept(exit);
                    return;
                }
                if (!launched.config().restarts()) {
                    tools.fail(state.why(), exit);
                    end.accept(exit);
                    return;
                }
                long pauseMs = tools.pauses().nextMs();
                state.pauses("; restarting in " + seconds(pauseMs));
                tools.log().warn(state.why());
                state.awaitChange(state.changes(), pauseMs);
            }
        } catch (InterruptedException e) {
            // close() interrupts what waits; there is nothing left to do.
        }
    }

    /** Runs one enclave until it ends. Afterwards {@link #state} has the reason. */
    private int runOnce() throws InterruptedException {
        EnclaveSpec spec = launched.spec();
        tools.log()
                .info("starting " + launched + ": nitro-cli " + String.join(" ", spec.arguments()));
        NitroEnclave enclave;
        try {
            enclave = tools.nitro().run(spec);
        } catch (NitroRefusedException e) {
            state.failed(Log.message(e));
            return e.exit().code();
        } catch (IOException e) {
            state.failed("no enclave was started: " + Log.message(e));
            return EnclaveExitCode.NOT_STARTED.code();
        }
        long startNs = tools.clock().nanoTime();
        state.runs(enclave);
        tools.log().info(enclave + " is running, CID " + enclave.cid());
        awaitEnd(enclave);
        if (tools.clock().nanoTime() - startNs >= STEADY_NS) {
            tools.pauses().reset();
        }
        return EnclaveExitCode.of(state.ending());
    }

    private void awaitEnd(NitroEnclave enclave) throws InterruptedException {
        long changes = state.changes();
        while (state.running() != null && !state.isClosed()) {
            state.awaitChange(changes, launched.config().watch().toMillis());
            if (state.changes() == changes) {
                reconcile(enclave);
            }
            changes = state.changes();
        }
    }

    /** Asks nitro-cli whether the enclave still runs. An error does not mean that it has exited. */
    private void reconcile(NitroEnclave enclave) throws InterruptedException {
        try {
            if (!tools.nitro().runs(enclave)) {
                state.ended(
                        enclave,
                        "nitro-cli describe-enclaves no longer lists it; "
                                + NitroRefusedException.SEE_CONSOLE);
            }
            unknownReason.set("");
        } catch (IOException e) {
            if (!unknownReason.getAndSet(Log.message(e)).equals(Log.message(e))) {
                tools.log()
                        .warn("cannot check whether " + enclave + " still runs: " + Log.message(e));
            }
        }
    }

    @Override
    public Endpoint locate() throws IOException, InterruptedException {
        seenChanges = state.changes();
        NitroEnclave enclave = state.running();
        if (enclave != null && enclave.equals(dialled)) {
            reconcile(enclave); // the connection was lost or could not be made
            enclave = state.running();
        }
        if (enclave == null) {
            throw new EnclaveNotRunningException(state.why());
        }
        dialled = enclave;
        return launched.config().endpoint(enclave.cid());
    }

    /** Returns at once if something has changed since {@link #locate}. */
    @Override
    public void pause(long ms) throws InterruptedException {
        state.awaitChange(seenChanges, ms);
    }

    @Override
    public void ended(Ending ending, MetricsFrame last) {
        NitroEnclave enclave = dialled;
        if (enclave != null) {
            state.commandEnded(enclave, ending, LastWords.of(ending, last));
        }
    }

    @Override
    public String unreached(String failure) {
        return dialled
                + " is running, but its agent cannot be reached; the image must start it: "
                + failure;
    }

    /** Terminates the enclave, even one that is still being started. */
    @Override
    public void close() {
        state.close();
        new EnclaveTerminator(state, thread, tools, launched.config().stopGrace()).end(end);
    }

    private static String seconds(long ms) {
        return (ms + 500) / 1000 + " s";
    }
}
