package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.agent.sample.Sample;
import dev.enclavemetrics.agent.sample.Sampler;
import dev.enclavemetrics.agent.serve.FrameServer;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.TestConfigs;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoopPaceTest {

    private static final long INTERVAL_NS = 1_000_000;
    private static final long STOPPED_NS = 25_000_000_000L;
    private static final int TICKS = 40;

    private final CapturedLog captured = new CapturedLog();
    private final StoppingClock clock = new StoppingClock();
    private final List<Long> sampledNs = new ArrayList<>();

    @Test
    void makesNoTickUpForThatWasMissedWhileTheProcessWasStopped(@TempDir Path folder)
            throws IOException {
        AgentConfig config =
                TestConfigs.with(new Endpoint.Unix(folder.resolve("s").toString()), 1, 15, folder);
        FrameServer server =
                new FrameServer(
                        Transport.load().listen(config.listen(), 0600),
                        Transport.load(),
                        config,
                        captured.log,
                        clock);
        SamplingPipeline measurement = new SamplingPipeline(new ClosingSampler(server), config);

        ParentProcess none = new ParentProcess(AgentConfig.NO_PID);
        new AgentLoop(measurement, server, config, none, captured.log, clock).run();

        List<Long> gapsNs = new ArrayList<>();
        for (int tick = 1; tick < TICKS; tick++) {
            gapsNs.add(sampledNs.get(tick) - sampledNs.get(tick - 1));
        }
        assertThat(gapsNs).filteredOn(gapNs -> gapNs >= STOPPED_NS).hasSize(1);
        assertThat(gapsNs)
                .filteredOn(gapNs -> gapNs < STOPPED_NS)
                .allSatisfy(gapNs -> assertThat(gapNs).isBetween(INTERVAL_NS / 4, 2 * INTERVAL_NS));
        assertThat(captured.lines()).isEmpty();
    }

    /**
     * A clock that advances by a quarter of an interval per call, with one long stop of the
     * process.
     */
    private static final class StoppingClock implements LongSupplier {

        private long looks;

        @Override
        public long getAsLong() {
            looks++;
            return looks * (INTERVAL_NS / 4) + (looks < 80 ? 0 : STOPPED_NS);
        }
    }

    /** Samples an idle machine; after enough samples it closes the server, which ends the loop. */
    private final class ClosingSampler implements Sampler {

        private final FrameServer server;

        ClosingSampler(FrameServer server) {
            this.server = server;
        }

        @Override
        public void sample(Sample into) {
            into.uptimeNs = clock.getAsLong();
            into.cpu.clear();
            into.cpu.addCore(0);
            into.cpu.totalMs[CpuMode.IDLE.index()] = into.uptimeNs / INTERVAL_NS;
            into.memoryTotalBytes = 1;
            sampledNs.add(into.uptimeNs);
            if (sampledNs.size() == TICKS) {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public String source() {
            return "a test";
        }

        @Override
        public void close() {}
    }
}
