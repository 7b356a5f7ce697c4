package dev.enclavemetrics.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encodes frames into one buffer, without allocation. Set every field, then call {@link #finish()};
 * a field that is not set keeps the value of the last frame. Units and ranges are those of {@link
 * MetricsFrame}. Not thread-safe.
 */
public final class FrameEncoder {

    private final byte[] bytes;
    // A heap buffer is big-endian by default, like the frame. Not a VarHandle: linking one costs
    // more memory in the enclave than this whole class.
    private final ByteBuffer fields;
    private final CRC32C checksum = new CRC32C();
    private final int checksumOffset;
    private int applicationEnd = FrameLayout.APPLICATION_OFFSET;

    /**
     * Encodes frames of one length, whichever of the application metrics are present.
     *
     * @param applicationBytes the sum of {@link ApplicationMetric#bytes} of all of them, at most
     *     {@link ApplicationMetric#MAX_BYTES}
     */
    public FrameEncoder(int applicationBytes) {
        bytes = new byte[FrameLayout.FRAME_BYTES + applicationBytes];
        fields = ByteBuffer.wrap(bytes);
        checksumOffset = bytes.length - FrameLayout.CHECKSUM_BYTES;
        fields.putInt(FrameLayout.MAGIC_OFFSET, FrameLayout.MAGIC);
        fields.putShort(FrameLayout.VERSION_OFFSET, (short) FrameLayout.VERSION);
        fields.putShort(FrameLayout.LENGTH_OFFSET, (short) bytes.length);
        fields.putShort(FrameLayout.APPLICATION_BYTES_OFFSET, (short) applicationBytes);
        for (int field = 0; field < HealthField.COUNT; field++) {
            health(field, HealthField.UNKNOWN);
        }
    }

    public FrameEncoder sequence(long sequence) {
        fields.putLong(FrameLayout.SEQUENCE_OFFSET, sequence);
        return this;
    }

    public FrameEncoder uptimeNs(long uptimeNs) {
        fields.putLong(FrameLayout.UPTIME_NS_OFFSET, uptimeNs);
        return this;
    }

    public FrameEncoder intervalMs(int intervalMs) {
        fields.putInt(FrameLayout.INTERVAL_MS_OFFSET, intervalMs);
        return this;
    }

    public FrameEncoder windowMs(long windowMs) {
        fields.putInt(FrameLayout.WINDOW_MS_OFFSET, (int) windowMs);
        return this;
    }

    public FrameEncoder cpuUsage(double usage) {
        fields.putDouble(FrameLayout.CPU_USAGE_OFFSET, usage);
        return this;
    }

    public FrameEncoder memoryUsage(double usage) {
        fields.putDouble(FrameLayout.MEMORY_USAGE_OFFSET, usage);
        return this;
    }

    public FrameEncoder busiestCoreUsage(double usage) {
        fields.putDouble(FrameLayout.BUSIEST_CORE_USAGE_OFFSET, usage);
        return this;
    }

    public FrameEncoder coresOnline(int cores) {
        fields.putInt(FrameLayout.CORES_ONLINE_OFFSET, cores);
        return this;
    }

    public FrameEncoder flags(boolean inMemoryRoot, boolean coarseResolution) {
        int flags =
                (inMemoryRoot ? FrameLayout.FLAG_IN_MEMORY_ROOT : 0)
                        | (coarseResolution ? FrameLayout.FLAG_COARSE_RESOLUTION : 0);
        fields.putInt(FrameLayout.FLAGS_OFFSET, flags);
        return this;
    }

    public FrameEncoder memoryTotalBytes(long total) {
        fields.putLong(FrameLayout.MEMORY_TOTAL_BYTES_OFFSET, total);
        return this;
    }

    public FrameEncoder memoryAvailableBytes(long available) {
        fields.putLong(FrameLayout.MEMORY_AVAILABLE_BYTES_OFFSET, available);
        return this;
    }

    public FrameEncoder filesystemBytes(long used) {
        fields.putLong(FrameLayout.FILESYSTEM_BYTES_OFFSET, used);
        return this;
    }

    /** Sets the CPU time of one mode, by its index in {@link CpuMode}. */
    public FrameEncoder cpuTimeMs(int mode, long timeMs) {
        fields.putLong(FrameLayout.CPU_TIME_MS_OFFSET + mode * Long.BYTES, timeMs);
        return this;
    }

    /**
     * Sets a health metric, by its index in {@link HealthField}, or {@link HealthField#UNKNOWN}.
     */
    public FrameEncoder health(int field, long value) {
        fields.putLong(FrameLayout.HEALTH_OFFSET + field * Long.BYTES, value);
        return this;
    }

    /** Sets how the command ended. */
    public FrameEncoder ending(Ending ending) {
        fields.put(FrameLayout.ENDING_KIND_OFFSET, (byte) ending.kind().number());
        fields.put(FrameLayout.ENDING_CODE_OFFSET, (byte) ending.code());
        return this;
    }

    /** Removes the application metrics of the last frame. */
    public FrameEncoder clearApplication() {
        applicationEnd = FrameLayout.APPLICATION_OFFSET;
        return this;
    }

    /**
     * Adds an application metric.
     *
     * @param name in ASCII
     */
    public FrameEncoder application(byte[] name, double value) {
        bytes[applicationEnd] = (byte) name.length;
        System.arraycopy(name, 0, bytes, applicationEnd + 1, name.length);
        fields.putDouble(applicationEnd + 1 + name.length, value);
        applicationEnd += ApplicationMetric.bytes(name.length);
        return this;
    }

    /**
     * Adds the checksum.
     *
     * @return the frame, in the encoder's own array, which the next frame overwrites
     */
    public byte[] finish() {
        for (int unused = applicationEnd; unused < checksumOffset; unused++) {
            bytes[unused] = 0;
        }
        checksum.reset();
        checksum.update(bytes, 0, checksumOffset);
        fields.putInt(checksumOffset, (int) checksum.getValue());
        return bytes;
    }
}
