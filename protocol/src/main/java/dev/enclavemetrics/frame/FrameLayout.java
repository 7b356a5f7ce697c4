package dev.enclavemetrics.frame;

/** Offsets and constants of the frame. The documentation of the package draws the layout. */
final class FrameLayout {

    static final int MAGIC = 0x4E454D46;
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int LENGTH_OFFSET = 6;
    static final int HEADER_BYTES = 8;

    static final int SEQUENCE_OFFSET = 8;
    static final int UPTIME_NS_OFFSET = 16;
    static final int INTERVAL_MS_OFFSET = 24;
    static final int WINDOW_MS_OFFSET = 28;
    static final int CPU_USAGE_OFFSET = 32;
    static final int MEMORY_USAGE_OFFSET = 40;
    static final int BUSIEST_CORE_USAGE_OFFSET = 48;
    static final int CORES_ONLINE_OFFSET = 56;
    static final int FLAGS_OFFSET = 60;
    static final int MEMORY_TOTAL_BYTES_OFFSET = 64;
    static final int MEMORY_AVAILABLE_BYTES_OFFSET = 72;
    static final int FILESYSTEM_BYTES_OFFSET = 80;
    static final int CPU_TIME_MS_OFFSET = 88;
    static final int HEALTH_OFFSET = 152;
    static final int ENDING_KIND_OFFSET = 224;
    static final int ENDING_CODE_OFFSET = 225;
    static final int APPLICATION_BYTES_OFFSET = 226;
    static final int APPLICATION_OFFSET = 228;

    static final int CHECKSUM_BYTES = 4;

    /** The length of a frame without application metrics. */
    static final int FRAME_BYTES = APPLICATION_OFFSET + CHECKSUM_BYTES;

    /** The minimum that a decoder accepts: older agents send nothing after the CPU times. */
    static final int MIN_FRAME_BYTES = HEALTH_OFFSET + CHECKSUM_BYTES;

    /** The maximum that a decoder accepts; it limits the memory that a hostile length can cost. */
    static final int MAX_FRAME_BYTES = 1024;

    static final int FLAG_IN_MEMORY_ROOT = 1;
    static final int FLAG_COARSE_RESOLUTION = 1 << 1;

    private FrameLayout() {}
}
