package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.agent.sample.FakeProc;
import dev.enclavemetrics.agent.sample.ProcSampler;
import dev.enclavemetrics.agent.sample.Sample;
import dev.enclavemetrics.agent.sample.Sampler;
import dev.enclavemetrics.agent.serve.FrameServer;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.TestConfigs;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoopTest {

    private final CapturedLog captured = new CapturedLog();
    private final FakeClock clock = new FakeClock();
    private final SteppingClock acceptClock = new SteppingClock();
    private final ParentProcess none = new ParentProcess(AgentConfig.NO_PID);
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
        server =
                new FrameServer(
                        transport.listen(endpoint, 0600),
                        transport,
                        config,
                        captured.log,
                        acceptClock);
        SamplingPipeline measurement = new SamplingPipeline(new ProcSampler(folder, clock), config);
        loop = new AgentLoop(measurement, server, config, none, captured.log, clock);
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
                .filteredOn(line -> line.contains("no sample, so no value"))
                .hasSize(1);
        assertThat(captured.lines())
                .filteredOn(line -> line.contains("sampling recovered"))
                .hasSize(1);
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(1);
    }

    @Test
    void livesOnThoughItsThreadIsInterrupted() throws IOException {
        Endpoint endpoint = new Endpoint.Unix(proc.folder.resolve("t").toString());
        AgentConfig config = TestConfigs.with(endpoint, 100, 1500, proc.folder);
        EndingClock ending = new EndingClock(20);
        try (FrameServer second =
                        new FrameServer(
                                Transport.load().listen(endpoint, 0600),
                                Transport.load(),
                                config,
                                captured.log,
                                ending);
                Connection connection = Transport.load().dial(endpoint, 10_000)) {
            ending.server = second;
            SamplingPipeline measurement =
                    new SamplingPipeline(new ProcSampler(proc.folder, clock), config);
            Thread.currentThread().interrupt();
            new AgentLoop(measurement, second, config, none, captured.log, ending).run();
            Thread.interrupted();

            assertThat(connection.tryReceive(new byte[1])).isEqualTo(1);
        }
    }

    /** A clock that advances with each call, as do the counters, until it ends the loop. */
    private final class EndingClock implements LongSupplier {
        private int looks;
        private @Nullable FrameServer server;

        EndingClock(int looks) {
            this.looks = looks;
        }

        @Override
        public long getAsLong() {
            if (server != null && --looks == 0) {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            proc.stat(100 - looks, 100 - looks);
            clock.advanceMs(50);
            return clock.getAsLong();
        }
    }

    @Test
    void livesOnThoughTheHeapHasNoRoomForTheLine() throws IOException {
        AgentConfig config =
                TestConfigs.with(new Endpoint.Unix("unused"), 1000, 15_000, proc.folder);
        SamplingPipeline measurement =
                new SamplingPipeline(new ProcSampler(proc.folder, clock), config);
        AgentLog log = FullHeap.log(captured.out, 2);
        loop = new AgentLoop(measurement, server, config, none, log, clock);
        proc.stat("cpu");
        for (int i = 0; i < 10; i++) {
            loop.tick();
        }
        assertThat(captured.lines())
                .filteredOn(line -> line.contains("no sample, so no value"))
                .hasSize(1);

        tick(1, 1);
        tick(2, 2);
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(1);
    }

    @Test
    void livesOnThoughTheJreLacksAClassAndSaysSoOnce() throws IOException {
        Sampler whole = new ProcSampler(proc.folder, clock);
        AgentConfig config =
                TestConfigs.with(new Endpoint.Unix("unused"), 1000, 15_000, proc.folder);
        LackingSampler lacking = new LackingSampler(whole);
        SamplingPipeline measurement = new SamplingPipeline(lacking, config);
        loop = new AgentLoop(measurement, server, config, none, captured.log, clock);
        for (int second = 0; second < 10; second++) {
            tick(second, second);
        }
        assertThat(captured.lines())
                .filteredOn(
                        line ->
                                line.contains("no sample, so no value: the JRE must have the class")
                                        && line.contains("java/util/Locale"))
                .hasSize(1);

        lacking.lacks = false;
        tick(11, 11);
        tick(12, 12);
        assertThat(launcher.tryReceive(new byte[1])).isEqualTo(1);
    }

    /** Fails as on a JRE without a class that only sampling needs, until {@code lacks} is false. */
    private static final class LackingSampler implements Sampler {
        private final Sampler whole;
        private boolean lacks = true;

        LackingSampler(Sampler whole) {
            this.whole = whole;
        }

        @Override
        public void sample(Sample into) throws IOException {
            if (lacks) {
                throw new NoClassDefFoundError("java/util/Locale");
            }
            whole.sample(into);
        }

        @Override
        public String source() {
            return whole.source();
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }

    @Test
    void logsAFewOfReasonsThatAreAlwaysOthers() {
        loop.tick();
        for (int second = 0; second < 130; second++) {
            proc.stat("cpu" + " ".repeat(second + 1));
            clock.advanceMs(1000);
            loop.tick();
        }

        assertThat(captured.lines())
                .filteredOn(line -> line.contains("no sample, so no value"))
                .hasSize(12)
                .filteredOn(line -> line.endsWith("(and 56 more like it)"))
                .hasSize(2);
    }

    @Test
    void logsAFailureThatComesAndGoesOnceAMinute() {
        for (int second = 0; second < 60; second++) {
            if (second % 2 == 0) {
                proc.stat("cpu");
                clock.advanceMs(1000);
                loop.tick();
            } else {
                tick(second, second);
            }
        }

        assertThat(captured.lines())
                .filteredOn(
                        line -> line.contains("no value") || line.contains("sampling recovered"))
                .hasSize(2);
    }

    @Test
    void logsOnceThatCpuTimesStandStillAndOnceThatTheyMoveAgain() {
        for (int second = 0; second < 50; second++) {
            clock.advanceMs(1000);
            loop.tick();
        }
        tick(1, 1);
        tick(2, 2);

        assertThat(captured.lines())
                .filteredOn(line -> line.contains("stat: CPU times must increase"))
                .hasSize(1);
        assertThat(captured.lines())
                .filteredOn(line -> line.contains("sampling recovered"))
                .hasSize(1);
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
