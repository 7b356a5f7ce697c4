package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoopTest {

    private final CapturedLog captured = new CapturedLog();
    private final FakeClock clock = new FakeClock();
    private final SteppingClock acceptClock = new SteppingClock();
    private FakeProc proc;
    private FrameServer server;
    private AgentLoop loop;
    private Connection launcher;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        proc = new FakeProc(folder);
        Transport transport = Transport.load();
        Endpoint endpoint = new Endpoint.Unix(folder.resolve("s").toString());
        AgentConfig config = TestConfigs.with(endpoint, 1000, 15_000, folder);
        server = new FrameServer(transport.listen(endpoint), config, captured.log, acceptClock);
        Measurement measurement = new Measurement(new ProcSampler(folder, clock), config);
        loop = new AgentLoop(measurement, server, config, captured.log, clock);
        launcher = transport.dial(endpoint, 10_000);
        server.acceptUntil(acceptClock.turns(10));
    }

    @AfterEach
    void close() throws IOException {
        launcher.close();
        server.close();
    }

    @Test
    void sendsNothingUntilThereIsAValue() throws IOException {
        loop.tick();
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(Connection.WOULD_BLOCK);

        tick(1, 1);
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(1);
    }

    @Test
    void logsOnceThatSamplingFailsAndOnceThatItWorksAgain() throws IOException {
        loop.tick();
        proc.stat("cpu");
        for (int i = 0; i < 10; i++) {
            loop.tick();
        }
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(Connection.WOULD_BLOCK);
        tick(1, 1);
        tick(2, 2);

        assertThat(captured.lines())
                .filteredOn(line -> line.contains("no sample, and so no value"))
                .hasSize(1);
        assertThat(captured.lines())
                .filteredOn(line -> line.contains("sampling works again"))
                .hasSize(1);
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(1);
    }

    @Test
    void takesItsOwnEndForNoFailure() throws IOException {
        tick(1, 1);
        int linesBefore = captured.lines().size();

        loop.close();
        loop.tick();
        server.acceptUntil(acceptClock.turns(10));

        assertThat(captured.lines()).hasSize(linesBefore);
    }

    private void tick(long busyTicks, long idleTicks) {
        proc.stat(busyTicks, idleTicks);
        clock.advanceMs(1000);
        loop.tick();
    }
}
