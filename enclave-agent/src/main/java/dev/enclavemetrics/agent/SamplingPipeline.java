package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.application.ApplicationConfig;
import dev.enclavemetrics.agent.application.ApplicationReader;
import dev.enclavemetrics.agent.average.Usage;
import dev.enclavemetrics.agent.average.UsageWindow;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.agent.sample.ProcFormatException;
import dev.enclavemetrics.agent.sample.Sample;
import dev.enclavemetrics.agent.sample.Sampler;
import dev.enclavemetrics.agent.serve.Pause;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.frame.HealthField;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One tick: sample, average, encode. A tick in the steady state allocates nothing. */
final class SamplingPipeline implements Closeable {

    private static final long NS_PER_MS = 1_000_000;
    private static final long US_PER_MS = 1000;

    /**
     * The number of additional samples for a command that ends at once: together they span a few
     * ticks of the kernel's counters, so that its last frame has usages.
     */
    private static final int MORE_SAMPLES = 4;

    private static final long PAUSE_NS = 20 * NS_PER_MS;

    private final Sampler sampler;
    private final UsageWindow window;
    private final Resolution resolution;
    private final int intervalMs;
    private final long windowMs;

    private final Sample sample = new Sample();
    private final Usage usage = new Usage();
    private final FrameEncoder encoder;
    private final @Nullable ApplicationReader application;
    private final long[] cpuTimeMs = new long[CpuMode.COUNT];
    private long sequence;
    private boolean started;
    private long firstUptimeNs;

    /** Composes the stages without application metrics. */
    SamplingPipeline(Sampler sampler, AgentConfig config) {
        this(sampler, config, null);
    }

    /**
     * Composes the stages.
     *
     * @param application adds application metrics to the frames, or null
     */
    SamplingPipeline(Sampler sampler, AgentConfig config, @Nullable ApplicationReader application) {
        this.sampler = sampler;
        this.window = new UsageWindow(config.windowIntervals(), config.intervalMs());
        this.resolution = config.resolution();
        this.intervalMs = config.intervalMs();
        this.windowMs = config.windowMs();
        this.application = application;
        ApplicationConfig metrics = config.application();
        encoder = new FrameEncoder(metrics == null ? 0 : metrics.frameBytes());
        encoder.intervalMs(intervalMs);
    }

    /**
     * Takes a sample.
     *
     * @return the frame, in an array that the next tick overwrites, or null while there is no usage
     * @throws IOException if the counters cannot be read
     * @throws ProcFormatException if their text is malformed, or CPU time ran ahead of the clock
     */
    byte @Nullable [] tick() throws IOException {
        sampler.sample(sample);
        if (!started) {
            started = true;
            firstUptimeNs = sample.uptimeNs;
        }
        boolean known = window.add(sample, usage);
        String ahead = window.cpuAhead();
        if (ahead != null) {
            throw new ProcFormatException(
                    sampler.source()
                            + ": CPU time must not move faster than the clock, found that "
                            + ahead
                            + "; the window restarts");
        }
        return known ? encode() : null;
    }

    /**
     * Takes a last sample, and more if there are no usages yet.
     *
     * @return the last frame, with the previous frame's usages if there are no new ones, or null if
     *     there never were any
     */
    byte @Nullable [] last(Ending ending) {
        encoder.ending(ending);
        sampler.refresh();
        try {
            byte[] frame = tick();
            for (int more = MORE_SAMPLES; frame == null && sequence == 0 && more > 0; more--) {
                Pause.ns(PAUSE_NS);
                frame = tick();
            }
            if (frame != null) {
                return frame;
            }
        } catch (IOException | ProcFormatException e) {
            // The previous usages are better than none.
        }
        return sequence == 0 ? null : encoder.sequence(++sequence).finish();
    }

    private byte[] encode() {
        long total = sample.memoryTotalBytes;
        int cores = sample.cpu.cores();
        encoder.sequence(++sequence)
                .uptimeNs(uptimeNs())
                .windowMs(windowMs())
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
            // A new core makes the step larger, but a counter must not go back.
            cpuTimeMs[mode] = Math.max(cpuTimeMs[mode], timeMs);
            encoder.cpuTimeMs(mode, cpuTimeMs[mode]);
        }
        for (int field = 0; field < HealthField.COUNT; field++) {
            long value = sample.health[field];
            encoder.health(
                    field, value == HealthField.UNKNOWN ? value : rounded(field, value, cores));
        }
        if (application != null) {
            application.addTo(encoder, sample.uptimeNs);
        }
        return encoder.finish();
    }

    /** Threads in whole machines, since they change faster than the usages; OOM kills are rare. */
    private long rounded(int field, long value, int cores) {
        if (field <= HealthField.THREADS_BLOCKED.index()) {
            return resolution.multiple(value, cores);
        }
        if (field == HealthField.OOM_KILLS.index()) {
            return value;
        }
        return field == HealthField.FILES_OPEN.index()
                ? resolution.count(value)
                : resolution.counter(value, windowMs * US_PER_MS);
    }

    /**
     * With a coarse resolution, rounded to whole intervals since the first sample: ticks that are
     * less than half an interval late are one interval apart. Never goes back.
     */
    private long uptimeNs() {
        long intervalNs = intervalMs * NS_PER_MS;
        return resolution.time(firstUptimeNs, intervalNs)
                + resolution.time(sample.uptimeNs - firstUptimeNs, intervalNs);
    }

    /** At least 1; with a coarse resolution at least one interval. */
    private long windowMs() {
        return Math.max(
                resolution.coarse() ? intervalMs : 1, resolution.time(usage.windowMs, intervalMs));
    }

    @Override
    public void close() throws IOException {
        if (application != null) {
            application.close();
        }
        sampler.close();
    }
}
