package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.FrameEncoder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One tick of the data's way, from counters to bytes: sample, average, encode. A steady tick
 * allocates nothing.
 */
final class Measurement implements Closeable {

    private final Sampler sampler;
    private final UsageWindow window;
    private final Resolution resolution;
    private final long windowMs;

    private final Sample sample = new Sample();
    private final Usage usage = new Usage();
    private final FrameEncoder encoder = new FrameEncoder();
    private final long[] cpuTimeMs = new long[CpuMode.COUNT];
    private long sequence;

    Measurement(Sampler sampler, AgentConfig config) {
        this.sampler = sampler;
        this.window = new UsageWindow(config.windowIntervals());
        this.resolution = config.resolution();
        this.windowMs = config.windowMs();
        encoder.intervalMs(config.intervalMs());
    }

    /**
     * Takes a sample.
     *
     * @return the frame, in an array that the next tick overwrites, or null while there is no usage
     * @throws IOException if the counters cannot be read
     * @throws ProcFormatException if they do not say what they must
     */
    byte @Nullable [] tick() throws IOException {
        sampler.sample(sample);
        return window.add(sample, usage) ? encode() : null;
    }

    private byte[] encode() {
        long total = sample.memoryTotalBytes;
        int cores = sample.cpu.cores();
        encoder.sequence(++sequence)
                .uptimeNs(sample.uptimeNs)
                .windowMs(usage.windowMs)
                .cpuUsage(resolution.usage(usage.cpu))
                .memoryUsage(resolution.usage(usage.memory))
                .busiestCoreUsage(resolution.usage(usage.busiestCore))
                .coresOnline(cores)
                .flags(sample.inMemoryRoot, resolution.coarse())
                .memoryTotalBytes(total)
                .memoryAvailableBytes(resolution.part(sample.memoryAvailableBytes, total))
                .filesystemBytes(resolution.part(sample.filesystemBytes, total));
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            long timeMs = resolution.counter(window.cpuTimeMs(mode), windowMs * cores);
            // A core that comes makes the step longer, and a counter must not go back.
            cpuTimeMs[mode] = Math.max(cpuTimeMs[mode], timeMs);
            encoder.cpuTimeMs(mode, cpuTimeMs[mode]);
        }
        return encoder.finish();
    }

    @Override
    public void close() throws IOException {
        sampler.close();
    }
}
