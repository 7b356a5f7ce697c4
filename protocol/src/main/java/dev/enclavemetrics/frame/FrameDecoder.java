package dev.enclavemetrics.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one connection. Read {@link #HEADER_BYTES} from the stream, ask {@link
 * #frameBytes} for the length of the frame, read the rest and call {@link #decode}. The decoder
 * keeps the last sequence: one that does not increase is an error. Not thread-safe.
 */
public final class FrameDecoder {

    /** The bytes at the start of a frame that contain its length. */
    public static final int HEADER_BYTES = FrameLayout.HEADER_BYTES;

    /** The longest frame. A buffer of this size fits any. */
    public static final int MAX_FRAME_BYTES = FrameLayout.MAX_FRAME_BYTES;

    private final CRC32C checksum = new CRC32C();
    private long lastSequence;

    /**
     * The length of a frame, by its header.
     *
     * @param header at least {@link #HEADER_BYTES} bytes
     * @return bytes, header included, at most {@link #MAX_FRAME_BYTES}
     * @throws MalformedFrameException if magic, version or length are wrong
     */
    public static int frameBytes(byte[] header) {
        if (header.length < HEADER_BYTES) {
            throw new MalformedFrameException(
                    "header must be " + HEADER_BYTES + " bytes, found " + header.length);
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int magic = fields.getInt(FrameLayout.MAGIC_OFFSET);
        if (magic != FrameLayout.MAGIC) {
            throw new MalformedFrameException(
                    "magic must be 0x4e454d46 (does the agent listen there?), found 0x"
                            + Integer.toHexString(magic));
        }
        int version = Short.toUnsignedInt(fields.getShort(FrameLayout.VERSION_OFFSET));
        if (version != FrameLayout.VERSION) {
            throw new MalformedFrameException(
                    "version must be "
                            + FrameLayout.VERSION
                            + " (run agent and launcher of the same release), found "
                            + version);
        }
        int length = Short.toUnsignedInt(fields.getShort(FrameLayout.LENGTH_OFFSET));
        if (length < FrameLayout.MIN_FRAME_BYTES || length > FrameLayout.MAX_FRAME_BYTES) {
            throw new MalformedFrameException(
                    "length must be "
                            + FrameLayout.MIN_FRAME_BYTES
                            + " to "
                            + FrameLayout.MAX_FRAME_BYTES
                            + " bytes, found "
                            + length);
        }
        return length;
    }

    /**
     * Decodes one whole frame.
     *
     * @param bytes the frame, from index 0
     * @param length its length as {@link #frameBytes} gave it
     * @throws MalformedFrameException naming the field, the rule and the value found
     */
    public MetricsFrame decode(byte[] bytes, int length) {
        if (bytes.length < length || frameBytes(bytes) != length) {
            throw new MalformedFrameException(
                    "length must be that of the frame, found " + length + " bytes");
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int checksumOffset = length - FrameLayout.CHECKSUM_BYTES;
        requireChecksum(bytes, fields.getInt(checksumOffset), checksumOffset);
        MetricsFrame frame = fields(fields, checksumOffset);
        if (frame.sequence() <= lastSequence) {
            throw new MalformedFrameException(
                    "sequence must be above " + lastSequence + ", found " + frame.sequence());
        }
        lastSequence = frame.sequence();
        return frame;
    }

    private void requireChecksum(byte[] bytes, int found, int offset) {
        checksum.reset();
        checksum.update(bytes, 0, offset);
        int expected = (int) checksum.getValue();
        if (found != expected) {
            throw new MalformedFrameException(
                    "checksum must be 0x"
                            + Integer.toHexString(expected)
                            + ", found 0x"
                            + Integer.toHexString(found));
        }
    }

    private static MetricsFrame fields(ByteBuffer fields, int end) {
        List<Long> cpuTimeMs = new ArrayList<>(CpuMode.COUNT);
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            cpuTimeMs.add(fields.getLong(FrameLayout.CPU_TIME_MS_OFFSET + mode * Long.BYTES));
        }
        boolean extended = end >= FrameLayout.APPLICATION_OFFSET;
        int flags = fields.getInt(FrameLayout.FLAGS_OFFSET);
        return new MetricsFrame(
                fields.getLong(FrameLayout.SEQUENCE_OFFSET),
                fields.getLong(FrameLayout.UPTIME_NS_OFFSET),
                fields.getInt(FrameLayout.INTERVAL_MS_OFFSET),
                Integer.toUnsignedLong(fields.getInt(FrameLayout.WINDOW_MS_OFFSET)),
                fields.getDouble(FrameLayout.CPU_USAGE_OFFSET),
                fields.getDouble(FrameLayout.MEMORY_USAGE_OFFSET),
                fields.getDouble(FrameLayout.BUSIEST_CORE_USAGE_OFFSET),
                fields.getInt(FrameLayout.CORES_ONLINE_OFFSET),
                (flags & FrameLayout.FLAG_IN_MEMORY_ROOT) != 0,
                (flags & FrameLayout.FLAG_COARSE_RESOLUTION) != 0,
                fields.getLong(FrameLayout.MEMORY_TOTAL_BYTES_OFFSET),
                fields.getLong(FrameLayout.MEMORY_AVAILABLE_BYTES_OFFSET),
                fields.getLong(FrameLayout.FILESYSTEM_BYTES_OFFSET),
                cpuTimeMs,
                extended ? health(fields) : Map.of(),
                extended ? ending(fields) : null,
                extended ? application(fields, end) : List.of());
    }

    private static Map<HealthField, Long> health(ByteBuffer fields) {
        Map<HealthField, Long> health = new EnumMap<>(HealthField.class);
        for (HealthField field : HealthField.ALL) {
            long value = fields.getLong(FrameLayout.HEALTH_OFFSET + field.index() * Long.BYTES);
            if (value != HealthField.UNKNOWN) {
                health.put(field, value);
            }
        }
        return health;
    }

    private static @Nullable Ending ending(ByteBuffer fields) {
        return Ending.of(
                Byte.toUnsignedInt(fields.get(FrameLayout.ENDING_KIND_OFFSET)),
                Byte.toUnsignedInt(fields.get(FrameLayout.ENDING_CODE_OFFSET)));
    }

    /** Metrics one after the other; zeros follow where some are absent. */
    private static List<ApplicationMetric> application(ByteBuffer fields, int frameEnd) {
        int bytes = Short.toUnsignedInt(fields.getShort(FrameLayout.APPLICATION_BYTES_OFFSET));
        int at = FrameLayout.APPLICATION_OFFSET;
        if (bytes > frameEnd - at) {
            throw new MalformedFrameException(
                    "application metrics must be at most "
                            + (frameEnd - at)
                            + " bytes, found "
                            + bytes);
        }
        int end = at + bytes;
        List<ApplicationMetric> metrics = new ArrayList<>();
        while (at < end && fields.get(at) != 0) {
            int nameBytes = Byte.toUnsignedInt(fields.get(at));
            int next = at + ApplicationMetric.bytes(nameBytes);
            if (next > end) {
                throw new MalformedFrameException(
                        "an application metric must end within its "
                                + bytes
                                + " bytes, found a name of "
                                + nameBytes);
            }
            byte[] name = new byte[nameBytes];
            fields.get(at + 1, name);
            metrics.add(
                    new ApplicationMetric(
                            new String(name, StandardCharsets.ISO_8859_1),
                            fields.getDouble(at + 1 + nameBytes)));
            at = next;
        }
        return metrics;
    }
}
