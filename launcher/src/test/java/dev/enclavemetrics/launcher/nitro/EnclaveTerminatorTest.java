package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.receive.Backoff;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The effect of SIGTERM on an enclave that the launcher has started. */
@Timeout(60)
class EnclaveTerminatorTest {

    private final LogLines log = new LogLines();
    private final FakeNitroCli nitro = new FakeNitroCli();
    private final List<Integer> exits = new ArrayList<>();

    private EnclaveSupervisor supervisor(Duration grace) {
        Duration hour = Duration.ofHours(1);
        EnclaveSpec spec = new EnclaveSpec(Path.of("/eif/app.eif"), 2, 1024, null, 0, false);
        LaunchConfig config = new LaunchConfig(true, hour, grace, "vsock:{cid}:59090");
        EnclaveSupervisor supervisor =
                new EnclaveSupervisor(
                        new EnclaveAddress.Launched(spec, config),
                        new EnclaveSupervisor.Tools(
                                new NitroCli(nitro),
                                new Backoff(new Random(1), Thread::sleep, 3_600_000, 3_600_000),
                                new TestClock(),
                                log.log(),
                                new TerminationMessage(Path.of("/absent"), log.log())),
                        exits::add);
        supervisor.start();
        return supervisor;
    }

    private String lastLine() {
        return log.lines().get(log.lines().size() - 1);
    }

    @Test
    void terminatesTheEnclave() throws Exception {
        EnclaveSupervisor supervisor = supervisor(Duration.ofHours(1));
        log.await(1, "is running");

        supervisor.close();

        assertThat(nitro.commands()).last().isEqualTo("terminate-enclave --enclave-id i-1-enc1");
        assertThat(lastLine()).isEqualTo("INFO  enclave app (i-1-enc1) terminated");
        assertThat(exits).isEmpty();
    }

    @Test
    void terminatesAnEnclaveThatIsJustBeingStarted() throws Exception {
        nitro.whileStarting(
                () -> log.await(1, "is still starting; it will be terminated once it runs"));
        EnclaveSupervisor supervisor = supervisor(Duration.ofHours(1));
        log.await(1, "starting the enclave");

        supervisor.close();

        assertThat(nitro.commands()).last().isEqualTo("terminate-enclave --enclave-id i-1-enc1");
        assertThat(exits).isEmpty();
    }

    @Test
    void saysThatAnEnclaveMayBeLeftIfItsStartTakesTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        nitro.whileStarting(never::await);
        EnclaveSupervisor supervisor = supervisor(Duration.ofMillis(20));
        log.await(1, "starting the enclave");

        supervisor.close();

        assertThat(lastLine())
                .isEqualTo(
                        "ERROR nitro-cli run-enclave did not answer within 20 ms of the signal, and"
                                + " still runs; an enclave may be left running: nitro-cli"
                                + " describe-enclaves shows it; exit code 6");
        assertThat(exits).containsExactly(6);
    }

    @Test
    void saysWhichEnclaveMayBeLeftIfItCannotBeTerminated() throws Exception {
        EnclaveSupervisor supervisor = supervisor(Duration.ofHours(1));
        log.await(1, "is running");
        nitro.failure("nitro-cli hangs");

        supervisor.close();

        assertThat(lastLine())
                .isEqualTo(
                        "ERROR enclave app (i-1-enc1) may be left running: nitro-cli hangs;"
                                + " terminate it with nitro-cli terminate-enclave --enclave-id"
                                + " i-1-enc1; exit code 6");
        assertThat(exits).containsExactly(6);
    }

    @Test
    void leavesNothingOfAnEnclaveThatHasEndedByItself() throws Exception {
        EnclaveSupervisor supervisor = supervisor(Duration.ofHours(1));
        log.await(1, "is running");
        nitro.end(1);

        supervisor.close();

        assertThat(lastLine()).endsWith("had exited before it was terminated");
        assertThat(exits).isEmpty();
    }

    @Test
    void startsNoOtherAfterTheSignal() throws Exception {
        nitro.refuse("");
        EnclaveSupervisor supervisor = supervisor(Duration.ofHours(1));
        log.await(1, "restarting in");

        supervisor.close();

        assertThat(nitro.commands()).hasSize(1);
        assertThat(exits).isEmpty();
    }
}
