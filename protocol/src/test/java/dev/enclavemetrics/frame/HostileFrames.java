package dev.enclavemetrics.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Valid, damaged and forged frames. */
final class HostileFrames {

    private HostileFrames() {}

    /** Returns a valid frame in a new array. */
    static byte[] valid(long sequence) {
        FrameEncoder encoder =
                new FrameEncoder(0)
                        .sequence(sequence)
                        .uptimeNs(61_234_567_890L)
                        .intervalMs(1000)
                        .windowMs(15_000)
                        .cpuUsage(0.4213)
                        .memoryUsage(0.3127)
                        .busiestCoreUsage(0.75)
                        .coresOnline(2)
                        .memoryTotalBytes(2_061_725_696L)
                        .memoryAvailableBytes(1_417_021_440L)
                        .filesystemBytes(104_857_600L);
        return encoder.finish().clone();
    }

    static int intAt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset);
    }

    /** Turns any bytes into a frame with a valid header and checksum. */
    static byte[] sealed(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        fields.putInt(FrameLayout.MAGIC_OFFSET, FrameLayout.MAGIC);
        fields.putShort(FrameLayout.VERSION_OFFSET, (short) FrameLayout.VERSION);
        fields.putShort(FrameLayout.LENGTH_OFFSET, (short) bytes.length);
        int offset = bytes.length - FrameLayout.CHECKSUM_BYTES;
        fields.putInt(offset, Crc32cOracle.of(bytes, offset));
        return bytes;
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return copy;
    }

    /** Reads a stream as a receiver does: header, length, the rest, decode. */
    static MetricsFrame read(byte[] stream) {
        byte[] header = Arrays.copyOf(stream, FrameDecoder.HEADER_BYTES);
        int length = FrameDecoder.frameBytes(header);
        return new FrameDecoder().decode(Arrays.copyOf(stream, length), length);
    }
}
