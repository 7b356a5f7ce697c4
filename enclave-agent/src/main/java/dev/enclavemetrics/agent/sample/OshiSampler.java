package dev.enclavemetrics.agent.sample;

import dev.enclavemetrics.frame.CpuMode;
import java.util.function.LongSupplier;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.util.GlobalConfig;

/**
 * Samples through OSHI, on systems without {@code /proc}: for developers' Macs, not for enclaves.
 */
public final class OshiSampler implements Sampler {

    private final LongSupplier nanoTime;
    private final CentralProcessor processor;
    private final GlobalMemory memory;

    /**
     * Loads OSHI.
     *
     * @throws LinkageError if it is not on the class path
     */
    public OshiSampler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        // By default OSHI caches for 300 ms, and two samples would be the same.
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 0);
        SystemInfo system = new SystemInfo();
        processor = system.getHardware().getProcessor();
        memory = system.getHardware().getMemory();
    }

    @Override
    public void sample(Sample into) {
        into.uptimeNs = nanoTime.getAsLong();
        into.cpu.clear();
        long[] totalTicks = processor.getSystemCpuLoadTicks();
        long[][] coreTicks = processor.getProcessorCpuLoadTicks();
        for (int core = 0; core < coreTicks.length; core++) {
            into.cpu.addCore(core);
        }
        for (TickType type : TickType.values()) {
            int mode = CpuMode.valueOf(type.name()).index();
            into.cpu.totalMs[mode] = totalTicks[type.getIndex()];
            for (int core = 0; core < coreTicks.length; core++) {
                into.cpu.coreMs(core, mode, coreTicks[core][type.getIndex()]);
            }
        }
        into.memoryTotalBytes = memory.getTotal();
        into.memoryAvailableBytes = Math.min(memory.getAvailable(), into.memoryTotalBytes);
        into.filesystemBytes = 0;
        into.inMemoryRoot = false;
    }

    @Override
    public String source() {
        return "through OSHI";
    }

    @Override
    public void close() {
        // OSHI holds nothing open.
    }
}
