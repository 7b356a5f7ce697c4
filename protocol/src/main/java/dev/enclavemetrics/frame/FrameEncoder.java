package dev.enclavemetrics.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encodes frames into one buffer, without allocation. Set every field, then call {@link #finish()};
 * a field that is not set keeps the value of the last frame. Units and ranges are those of {@link
 * MetricsFrame}. Not thread-safe.
 */
public final class FrameEncoder {

    private final byte[] bytes = new byte[FrameLayout.FRAME_BYTES];
    // A heap buffer is big-endian by default, like the frame. Not a VarHandle: linking one costs
    // more memory in the enclave than this whole class.
    private final ByteBuffer fields = ByteBuffer.wrap(bytes);
    private final CRC32C checksum = new CRC32C();

    public FrameEncoder() {
        fields.putInt(FrameLayout.MAGIC_OFFSET, FrameLayout.MAGIC);
        fields.putShort(FrameLayout.VERSION_OFFSET, (short) FrameLayout.VERSION);
        fields.putShort(FrameLayout.LENGTH_OFFSET, (short) FrameLayout.FRAME_BYTES);
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
     * Adds the checksum.
     *
     * @return the frame, in the encoder's own array, which the next frame overwrites
     */
    public byte[] finish() {
        checksum.reset();
        checksum.update(bytes, 0, FrameLayout.CHECKSUM_OFFSET);
        fields.putInt(FrameLayout.CHECKSUM_OFFSET, (int) checksum.getValue());
        return bytes;
    }
}
