package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.receive.Backoff;
import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.launcher.receive.EnclaveNotRunningException;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the enclave, watches it, and when it has ended starts another or ends the process, as the
 * rules say. Works on a thread of its own; the receiver's asks it where to dial.
 */
final class EnclaveSupervisor implements EnclaveLocator {

    /** What decides about its life. */
    record Tools(NitroCli nitro, Backoff pauses, Clock clock, Log log) {}

    /** An enclave that ran for so long was a good start. */
    static final long STEADY_NS = TimeUnit.MINUTES.toNanos(1);

    private static final long FIRST_PAUSE_MS = 2_000; // drawn from the half to this
    private static final long LAST_PAUSE_MS = 60_000;

    private final EnclaveAddress.Launched launched;
    private final Tools tools;
    private final IntConsumer end;
    private final EnclaveState kept = new EnclaveState();
    private final Thread thread = new Thread(this::run, "enclave-keeper");

    /** Why nitro-cli could not tell, to say it once. */
    private final AtomicReference<String> unclear = new AtomicReference<>("");

    private @Nullable NitroEnclave dialled; // for the receiver's thread only, as is the next
    private long seenChanges;

    /**
     * A keeper of one enclave at a time.
     *
     * @param end ends the process with an exit code
     */
    EnclaveSupervisor(EnclaveAddress.Launched launched, Tools tools, IntConsumer end) {
        this.launched = launched;
        this.tools = tools;
        this.end = end;
    }

    /**
     * The keeper of a process.
     *
     * @param path folders, as in the environment variable PATH
     */
    static EnclaveSupervisor of(EnclaveAddress.Launched launched, String path, Log log) {
        NitroRunner command =
                new NitroCommand(
                        path,
                        "--run-enclave",
                        "install aws-nitro-enclaves-cli; in a container, mount the node's");
        Backoff pauses =
                new Backoff(new SplittableRandom(), Thread::sleep, FIRST_PAUSE_MS, LAST_PAUSE_MS);
        Tools tools = new Tools(new NitroCli(command), pauses, Clock.SYSTEM, log);
        // Not exit, which would do what a signal does: there is nothing left to terminate.
        return new EnclaveSupervisor(launched, tools, Runtime.getRuntime()::halt);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (kept.starts()) {
                EnclaveExit exit = runOnce();
                if (kept.isClosed()) {
                    return;
                }
                if (!launched.rules().restarts()) {
                    tools.log().error(kept.why() + "; exit code " + exit.code());
                    end.accept(exit.code());
                    return;
                }
                long pauseMs = tools.pauses().nextMs();
                kept.pauses("; it is started again in " + seconds(pauseMs));
                tools.log().warn(kept.why());
                kept.awaitChange(kept.changes(), pauseMs);
            }
        } catch (InterruptedException e) {
            // close() interrupts what waits; there is nothing left to do.
        }
    }

    /** The life of one enclave; that it is over stands in {@link #kept}, and why. */
    private EnclaveExit runOnce() throws InterruptedException {
        EnclaveSpec spec = launched.spec();
        tools.log()
                .info("starts " + launched + ": nitro-cli " + String.join(" ", spec.arguments()));
        NitroEnclave enclave;
        try {
            enclave = tools.nitro().run(spec);
        } catch (NitroRefusedException e) {
            kept.failed(Log.message(e));
            return e.exit();
        } catch (IOException e) {
            kept.failed("no enclave is known to run: " + Log.message(e));
            return EnclaveExit.NOT_STARTED;
        }
        long startNs = tools.clock().nanoTime();
        kept.runs(enclave);
        tools.log().info(enclave + " runs, with CID " + enclave.cid());
        awaitEnd(enclave);
        if (tools.clock().nanoTime() - startNs >= STEADY_NS) {
            tools.pauses().reset();
        }
        return EnclaveExit.ENDED;
    }

    private void awaitEnd(NitroEnclave enclave) throws InterruptedException {
        long changes = kept.changes();
        while (kept.running() != null && !kept.isClosed()) {
            kept.awaitChange(changes, launched.rules().watch().toMillis());
            if (kept.changes() == changes) {
                reconcile(enclave);
            }
            changes = kept.changes();
        }
    }

    /** Asks nitro-cli whether the enclave still runs. That it cannot tell is no proof. */
    private void reconcile(NitroEnclave enclave) throws InterruptedException {
        try {
            if (!tools.nitro().runs(enclave)) {
                kept.ended(
                        enclave,
                        enclave
                                + " has ended: nitro-cli describe-enclaves tells of it no more; "
                                + NitroRefusedException.SEE_CONSOLE);
            }
            unclear.set("");
        } catch (IOException e) {
            if (!unclear.getAndSet(Log.message(e)).equals(Log.message(e))) {
                tools.log()
                        .warn("whether " + enclave + " still runs is not known: " + Log.message(e));
            }
        }
    }

    @Override
    public Endpoint locate() throws IOException, InterruptedException {
        seenChanges = kept.changes();
        NitroEnclave enclave = kept.running();
        if (enclave != null && enclave.equals(dialled)) {
            reconcile(enclave); // the connection is lost, or could not be made
            enclave = kept.running();
        }
        if (enclave == null) {
            throw new EnclaveNotRunningException(kept.why());
        }
        dialled = enclave;
        return launched.rules().endpoint(enclave.cid());
    }

    /** Returns at once where something has changed since {@link #locate}. */
    @Override
    public void pause(long ms) throws InterruptedException {
        kept.awaitChange(seenChanges, ms);
    }

    @Override
    public String unreached(String failure) {
        return dialled
                + " runs, but the agent in it is not reached, which its image must start: "
                + failure;
    }

    /** Terminates the enclave, also one that is just being started. */
    @Override
    public void close() {
        kept.close();
        new EnclaveEnd(kept, thread, tools, launched.rules().stopGrace()).end(end);
    }

    private static String seconds(long ms) {
        return (ms + 500) / 1000 + " s";
    }
}
