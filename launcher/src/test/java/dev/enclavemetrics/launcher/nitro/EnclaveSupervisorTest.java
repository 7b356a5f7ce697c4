package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.receive.Backoff;
import dev.enclavemetrics.launcher.receive.EnclaveNotRunningException;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LastWords;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lifecycle of enclaves that the launcher starts, with a fake nitro-cli. */
@Timeout(60)
class EnclaveSupervisorTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String AGENT = "vsock:{cid}:59090";
    private static final EnclaveSpec SPEC =
            new EnclaveSpec(Path.of("/eif/app.eif"), 2, 1024, null, 0, false);
    private static final String REFUSAL =
            "Start allocating memory...\n[ E27 ] Insufficient memory available. User provided"
                    + " `memory` is 1024 MB, which is more than the available hugepage memory.\n"
                    + "Failed connections: 1\n[ E39 ] Enclave process connection failure.\n";

    private final LogLines log = new LogLines();
    private final TestClock clock = new TestClock();
    private final FakeNitroCli nitro = new FakeNitroCli();
    private final BlockingQueue<Integer> exits = new ArrayBlockingQueue<>(10);

    private final Path message;
    private EnclaveSupervisor supervisor;

    EnclaveSupervisorTest(@TempDir Path folder) throws IOException {
        message = Files.writeString(folder.resolve("termination-log"), "");
        supervisor = supervisor(new LaunchConfig(false, HOUR, HOUR, AGENT));
    }

    private EnclaveSupervisor supervisor(LaunchConfig config) {
        Backoff pauses = new Backoff(new Random(1), Thread::sleep, 2, 2);
        return new EnclaveSupervisor(
                new EnclaveAddress.Launched(SPEC, config),
                new EnclaveSupervisor.Tools(
                        new NitroCli(nitro),
                        pauses,
                        clock,
                        log.log(),
                        new TerminationMessage(message, log.log())),
                exits::add);
    }

    @AfterEach
    void close() {
        nitro.failure("");
        supervisor.close();
    }

    private void start() throws InterruptedException {
        supervisor.start();
        log.await(1, "is running, CID 16");
    }

    private void startRestarting() {
        supervisor = supervisor(new LaunchConfig(true, HOUR, HOUR, AGENT));
        supervisor.start();
    }

    private int exit() throws InterruptedException {
        Integer code = exits.poll(30, TimeUnit.SECONDS);
        return code == null ? -1 : code;
    }

    private void isNotDialled(String words) {
        assertThatThrownBy(() -> supervisor.locate())
                .isInstanceOf(EnclaveNotRunningException.class)
                .hasMessageContaining(words);
    }

    @Test
    void startsTheEnclaveAndSaysWhereToDial() throws Exception {
        start();

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));
        assertThat(nitro.commands())
                .containsExactly("run-enclave --eif-path /eif/app.eif --cpu-count 2 --memory 1024");
        assertThat(log.lines())
                .containsExactly(
                        "INFO  starting the enclave of /eif/app.eif: nitro-cli run-enclave"
                                + " --eif-path /eif/app.eif --cpu-count 2 --memory 1024",
                        "INFO  enclave app (i-1-enc1) is running, CID 16");
    }

    @Test
    void dialsThroughTheSocketOfAnotherVmm() throws Exception {
        supervisor = supervisor(new LaunchConfig(false, HOUR, HOUR, "hybrid:/vmm/{cid}.sock:1"));
        start();

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Hybrid("/vmm/16.sock", 1));
    }

    @Test
    void saysThatTheEnclaveIsBeingStarted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        nitro.whileStarting(asked::await);
        supervisor.start();
        log.await(1, "starting the enclave");

        isNotDialled("the enclave is starting: waiting for nitro-cli run-enclave");

        asked.countDown();
        log.await(1, "is running");
    }

    @Test
    void endsAPauseOfTheReceiverWhenTheEnclaveRuns() throws Exception {
        isNotDialled("the enclave has not been started yet");
        start();

        supervisor.pause(HOUR.toMillis());

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));
    }

    @Test
    void endsTheProcessWith3IfTheEnclaveIsRefused() throws Exception {
        nitro.refuse(REFUSAL);
        supervisor.start();

        assertThat(exit()).isEqualTo(3);
        isNotDialled("nitro-cli refused to start the enclave: E27, Insufficient memory");
        assertThat(log.lines().get(1))
                .startsWith("ERROR nitro-cli refused to start the enclave: E27")
                .endsWith("; exit code 3");
    }

    @Test
    void endsTheProcessWith4WithoutAHeartbeat() throws Exception {
        nitro.refuse("[ E36 ] Enclave boot failure. Such error appears when.\n");
        supervisor.start();

        assertThat(exit()).isEqualTo(4);
        isNotDialled("the enclave was started but sent no heartbeat: E36, Enclave boot failure; ");
    }

    @Test
    void endsTheProcessWith5WhenTheEnclaveHasEnded() throws Exception {
        start();
        supervisor.locate();
        nitro.end(1);

        isNotDialled(
                "enclave app (i-1-enc1) has exited: nitro-cli describe-enclaves no longer lists it;"
                        + " to see its output, set --debug and --enclave-restart=on-failure,");
        assertThat(exit()).isEqualTo(5);
        log.await(1, "ERROR enclave app (i-1-enc1) has exited");
    }

    private static MetricsFrame last(Ending ending) {
        return Frames.with(Frames.frame(9, 1000), Map.of(), ending);
    }

    @ParameterizedTest
    @CsvSource({"EXITED,3,5", "EXITED,7,7", "EXITED,255,255", "KILLED,9,137", "KILLED,1,129"})
    void endsTheProcessAsTheEnclavesCommandEnded(Ending.Kind kind, int code, int exit)
            throws Exception {
        Ending ending = new Ending(kind, code);
        start();
        supervisor.locate();
        supervisor.ended(ending, last(ending));
        nitro.end(1);

        String words = "enclave app (i-1-enc1) has exited: " + LastWords.of(ending, last(ending));
        isNotDialled(words);
        assertThat(exit()).isEqualTo(exit);
        assertThat(log.lines()).last().isEqualTo("ERROR " + words + "; exit code " + exit);
        assertThat(message).hasContent(words);
    }

    @Test
    void succeedsIfTheCommandDidEvenWithRestarts() throws Exception {
        Ending success = new Ending(Ending.Kind.EXITED, 0);
        startRestarting();
        log.await(1, "is running, CID 16");
        supervisor.locate();
        supervisor.ended(success, last(success));
        nitro.end(1);

        isNotDialled("exited with code 0");
        assertThat(exit()).isEqualTo(0);
        assertThat(log.lines()).last().asString().startsWith("INFO  enclave app (i-1-enc1) has");
        assertThat(message).content().contains("exited with code 0");
    }

    @Test
    void takesTheLastWordsOfOneEnclaveForNoOther() throws Exception {
        Ending failure = new Ending(Ending.Kind.EXITED, 9);
        Semaphore starts = new Semaphore(1);
        nitro.whileStarting(starts::acquire);
        try {
            startRestarting();
            log.await(1, "is running, CID 16");
            supervisor.locate();
            supervisor.ended(failure, last(failure));
            nitro.end(1);
            isNotDialled("exited with code 9");
            starts.release();
            log.await(1, "is running, CID 17");
            supervisor.locate();
            nitro.end(2);

            isNotDialled(
                    "enclave app (i-1-enc2) has exited: nitro-cli describe-enclaves no longer");
        } finally {
            starts.release(); // close() waits for a start that is under way
        }
    }

    @Test
    void doesNotTakeTheWordOfTheAgentForTheEndOfTheEnclave() throws Exception {
        Ending failure = new Ending(Ending.Kind.EXITED, 9);
        start();
        supervisor.locate();
        supervisor.ended(failure, last(failure));

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));
        assertThat(exits).isEmpty();
    }

    @Test
    void noticesAnEndWithoutALostConnection() throws Exception {
        supervisor = supervisor(new LaunchConfig(false, Duration.ofMillis(5), HOUR, AGENT));
        start();
        nitro.end(1);

        assertThat(exit()).isEqualTo(5);
    }

    @Test
    void asksNitroCliBeforeEachDialButTheFirst() throws Exception {
        start();
        supervisor.locate();
        assertThat(nitro.commands()).hasSize(1);

        supervisor.locate();
        supervisor.locate();

        assertThat(nitro.commands().subList(1, 3))
                .isEqualTo(List.of("describe-enclaves", "describe-enclaves"));
    }

    @Test
    void takesNoFailureOfNitroCliForAnEnd() throws Exception {
        start();
        supervisor.locate();
        nitro.failure("nitro-cli hangs");

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));
        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));

        assertThat(log.lines().subList(2, log.lines().size()))
                .containsExactly(
                        "WARN  cannot check whether enclave app (i-1-enc1) still runs: nitro-cli"
                                + " hangs");
        assertThat(exits).isEmpty();
    }

    /** Lets a start, counted from 1, wait for the returned latch. */
    private CountDownLatch hold(int number) {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger starts = new AtomicInteger();
        nitro.whileStarting(
                () -> {
                    if (starts.incrementAndGet() == number) {
                        released.await();
                    }
                });
        return released;
    }

    @Test
    void startsAnotherEnclaveWhenOneHasEnded() throws Exception {
        CountDownLatch second = hold(2);
        startRestarting();
        log.await(1, "is running, CID 16");
        supervisor.locate();
        nitro.end(1);
        isNotDialled("enclave app (i-1-enc1) has exited");

        second.countDown();
        log.await(1, "enclave app (i-1-enc2) is running, CID 17");

        assertThat(supervisor.locate()).isEqualTo(new Endpoint.Vsock(17, 59090));
        assertThat(log.lines().get(2))
                .startsWith("WARN  enclave app (i-1-enc1) has exited")
                .endsWith("; restarting in 0 s");
        assertThat(exits).isEmpty();
    }

    @Test
    void startsAgainUntilItIsNotRefusedAndRemembersWhy() throws Exception {
        nitro.refuse(REFUSAL);
        nitro.refuse("");
        CountDownLatch third = hold(3);
        startRestarting();
        log.await(3, "starting the enclave");
        log.await(1, "must exit with 0, found 39, and says nothing; run it by hand; restarting");

        isNotDialled("the previous attempt: nitro-cli run-enclave must exit with 0, found 39");

        third.countDown();
        log.await(1, "is running, CID 16");
        assertThat(exits).isEmpty();
    }

    @Test
    void saysThatTheEnclaveRunsIfOnlyItsAgentIsNotReached() throws Exception {
        start();
        supervisor.locate();

        assertThat(supervisor.unreached("connect vsock:16:59090 failed: ECONNRESET"))
                .isEqualTo(
                        "enclave app (i-1-enc1) is running, but its agent cannot be reached; the"
                            + " image must start it: connect vsock:16:59090 failed: ECONNRESET");
    }
}
