package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MalformedFrameException;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.testing.Corpus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Frames of an agent, which the launcher must not trust. */
class FrameFuzzTest {

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(FrameFuzzTest.class, FrameFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        decode(input);
        if (input.length >= Integer.BYTES) {
            decode(withChecksum(input)); // otherwise no code after the checksum would be reached
        }
    }

    private static void decode(byte[] input) {
        try {
            int length = FrameDecoder.frameBytes(input);
            MetricsFrame frame = new FrameDecoder().decode(input, length);
            assertThat(frame.cpuUsage()).isBetween(0.0, 1.0);
            assertThat(frame.memoryUsage()).isBetween(0.0, 1.0);
        } catch (MalformedFrameException e) {
            // the connection would be closed
        }
    }

    private static byte[] withChecksum(byte[] input) {
        byte[] frame = Arrays.copyOf(input, Math.min(input.length, FrameDecoder.MAX_FRAME_BYTES));
        int end = frame.length - Integer.BYTES;
        if (end >= 8) {
            ByteBuffer.wrap(frame).putShort(6, (short) frame.length);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(frame, 0, end);
        ByteBuffer.wrap(frame).putInt(end, (int) checksum.getValue());
        return frame;
    }
}
