package dev.enclavemetrics.kubectl.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The usages of an enclave, as far as they are known.
 *
 * @param cpu 0 to 1, or null
 * @param memory 0 to 1, or null
 * @param sampledAt the time of the older of the two, or null
 * @param windowSeconds what they are averaged over, or 0 if unknown
 */
public record Usage(
        @Nullable Double cpu,
        @Nullable Double memory,
        @Nullable Instant sampledAt,
        int windowSeconds) {

    public static final Usage NONE = new Usage(null, null, null, 0);

    /** Combines separate values. */
    static Usage of(@Nullable MetricValue cpu, @Nullable MetricValue memory) {
        if (cpu == null || memory == null) {
            MetricValue only = cpu == null ? memory : cpu;
            return new Usage(
                    cpu == null ? null : cpu.usage(),
                    memory == null ? null : memory.usage(),
                    only == null ? null : only.sampledAt(),
                    only == null ? 0 : only.windowSeconds());
        }
        MetricValue older = cpu.sampledAt().isBefore(memory.sampledAt()) ? cpu : memory;
        return new Usage(cpu.usage(), memory.usage(), older.sampledAt(), older.windowSeconds());
    }
}
