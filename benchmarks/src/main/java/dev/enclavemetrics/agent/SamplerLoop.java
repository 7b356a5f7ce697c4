package dev.enclavemetrics.agent;

import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/**
 * The sampler's tick in a loop, to be timed beside a C program: {@code SamplerLoop proc|oshi COUNT}
 * prints the mean of one tick, in ns of CPU time. Warms up for as long before.
 */
public final class SamplerLoop {

    private SamplerLoop() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        Sampler sampler =
                arguments[0].equals("oshi")
                        ? new OshiSampler(System::nanoTime)
                        : new ProcSampler(Path.of("/proc"), System::nanoTime);
        AgentConfig config =
                new AgentConfig(
                        new Endpoint.Unix("unused"),
                        1000,
                        15_000,
                        Endpoint.ANY_CID,
                        Resolution.DEFAULT,
                        Path.of("/proc"),
                        AgentConfig.NO_PID);
        Measurement measurement = new Measurement(sampler, config);
        ticks(measurement, count);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long fromNs = threads.getCurrentThreadCpuTime();
        ticks(measurement, count);
        System.out.println((threads.getCurrentThreadCpuTime() - fromNs) / (double) count);
    }

    private static void ticks(Measurement measurement, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            measurement.tick();
        }
    }
}
