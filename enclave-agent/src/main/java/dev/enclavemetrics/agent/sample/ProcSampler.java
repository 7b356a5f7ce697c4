package dev.enclavemetrics.agent.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Samples {@code /proc}: reads files that are kept open, and parses them in place. */
public final class ProcSampler implements Sampler {

    /** Mounts rarely change, and the kernel walks all of them for each read. */
    private static final long MOUNTS_INTERVAL_NS = 60_000_000_000L;

    /** CPU times that do not change for this long, and for some samples, are not counted at all. */
    private static final long STALLED_NS = 5_000_000_000L;

    private static final int STALLED_SAMPLES = 3;

    private final Path proc;
    private final LongSupplier nanoTime;
    private final ProcFile stat;
    private final ProcFile meminfo;
    private final ProcFile mounts;
    private final ProcHealth health;
    private final ProcText text = new ProcText();
    private final ProcMeminfo memoryLines = new ProcMeminfo();
    private final MeminfoFields memory = new MeminfoFields();

    private boolean mountsRead;
    private long mountsReadNs;
    private boolean inMemoryRoot;

    private long lastCpuMs = -1;
    private long lastProgressNs;
    private int stalledSamples;

    /**
     * Opens the files.
     *
     * @param proc usually {@code /proc}
     * @throws IOException naming the file that cannot be opened
     */
    public ProcSampler(Path proc, LongSupplier nanoTime) throws IOException {
        this.proc = proc;
        this.nanoTime = nanoTime;
        stat = new ProcFile(proc.resolve("stat"));
        meminfo = new ProcFile(proc.resolve("meminfo"));
        mounts = new ProcFile(proc.resolve("self/mounts"));
        health = new ProcHealth(proc);
    }

    @Override
    public void sample(Sample into) throws IOException {
        into.uptimeNs = nanoTime.getAsLong();
        ProcFile parsed = stat;
        try {
            stat.read();
            ProcStat.parse(text.over(stat.text(), stat.length()), into.cpu);
            requireProgress(into);
            ProcHealth.threads(text, into.health);
            parsed = mounts;
            readMounts(into.uptimeNs);
            parsed = meminfo;
            readMemory(into);
        } catch (ProcFormatException e) {
            throw new ProcFormatException(parsed + ": " + e.getMessage());
        }
        health.readFiles(into.uptimeNs, into.health);
    }

    /**
     * Some container runtimes provide a {@code /proc/stat} of zeros, or a copy that never changes.
     */
    private void requireProgress(Sample sample) {
        long cpuMs = 0;
        for (long modeMs : sample.cpu.totalMs) {
            cpuMs += modeMs;
        }
        if (cpuMs != lastCpuMs) {
            lastCpuMs = cpuMs;
            lastProgressNs = sample.uptimeNs;
            stalledSamples = 0;
            return;
        }
        stalledSamples++;
        if (stalledSamples >= STALLED_SAMPLES && sample.uptimeNs - lastProgressNs >= STALLED_NS) {
            // No number in the message, so that it is logged once.
            throw new ProcFormatException(
                    "CPU times must increase from sample to sample, found them constant. Some"
                            + " sandboxes, such as gVisor, and some container runtimes do not count"
                            + " CPU time in this file: run the agent where the kernel's own"
                            + " /proc is mounted, or set proc to it");
        }
    }

    private void readMounts(long nowNs) throws IOException {
        if (mountsRead && nowNs - mountsReadNs < MOUNTS_INTERVAL_NS) {
            return;
        }
        mounts.readAll();
        inMemoryRoot = ProcMounts.allInMemory(text.over(mounts.text(), mounts.length()));
        mountsRead = true;
        mountsReadNs = nowNs;
    }

    private void readMemory(Sample into) throws IOException {
        meminfo.read();
        memoryLines.parse(text.over(meminfo.text(), meminfo.length()), memory);
        into.memoryTotalBytes = memory.totalBytes;
        into.memoryAvailableBytes = memory.available(inMemoryRoot);
        into.filesystemBytes = memory.filesystem(inMemoryRoot);
        into.inMemoryRoot = inMemoryRoot;
    }

    @Override
    public void refresh() {
        health.readFilesNext();
    }

    @Override
    public String source() {
        return proc.toString();
    }

    @Override
    public void close() throws IOException {
        stat.close();
        meminfo.close();
        mounts.close();
        health.close();
    }
}
