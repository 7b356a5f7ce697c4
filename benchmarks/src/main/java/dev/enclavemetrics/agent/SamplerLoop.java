package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.sample.OshiSampler;
import dev.enclavemetrics.agent.sample.ProcSampler;
import dev.enclavemetrics.agent.sample.Sampler;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.SettingsReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sampler's tick in a loop, to compare with a C program: {@code SamplerLoop proc|oshi COUNT
 * [DIR]} prints the mean CPU time of one tick in ns, after a warm-up of the same length. With DIR
 * it samples that folder, and advances its counters itself.
 */
public final class SamplerLoop {

    private SamplerLoop() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        Path proc = Path.of(arguments.length > 2 ? arguments[2] : "/proc");
        MovingStat stat = arguments.length > 2 ? new MovingStat(proc) : null;
        Sampler sampler =
                arguments[0].equals("oshi")
                        ? new OshiSampler(System::nanoTime)
                        : new ProcSampler(proc, System::nanoTime);
        AgentConfig config = config(proc);
        SamplingPipeline measurement = new SamplingPipeline(sampler, config);
        ticks(measurement, count, stat);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long fromNs = threads.getCurrentThreadCpuTime();
        ticks(measurement, count, stat);
        System.out.println((threads.getCurrentThreadCpuTime() - fromNs) / (double) count);
    }

    /** The defaults, except the proc filesystem. */
    static AgentConfig config(Path proc) {
        return SettingsReader.read(List.of("proc=" + proc), Map.of(), new AgentLog(System.err));
    }

    private static void ticks(SamplingPipeline measurement, int count, @Nullable MovingStat stat)
            throws IOException {
        for (int i = 0; i < count; i++) {
            if (stat != null) {
                stat.step();
            }
            measurement.tick();
        }
    }
}
