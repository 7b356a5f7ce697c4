package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int RANDOM_FRAMES = 5_000;

    @Test
    void oracleKnowsThePublishedCheckValue() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(Crc32cOracle.of(digits, digits.length)).isEqualTo(0xE3069283);
    }

    @Test
    void refusesEveryPrefixOfAFrame() {
        byte[] frame = HostileFrames.valid(1);

        for (int length = 0; length < frame.length; length++) {
            byte[] prefix = Arrays.copyOf(frame, length);
            assertRefused(prefix, length);
            assertRefused(prefix, frame.length);
        }
    }

    @Test
    void refusesEverySingleBitFlip() {
        byte[] frame = HostileFrames.valid(1);

        for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
            assertRefused(HostileFrames.flipped(frame, bit), frame.length);
        }
    }

    @Test
    void refusesEverySingleBitFlipInAStreamThatGoesOn() {
        byte[] frame = HostileFrames.valid(1);
        byte[] next = HostileFrames.valid(2);

        for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
            // A changed length may make the frame longer; the following frames then provide its
            // end.
            ByteBuffer stream = ByteBuffer.allocate(8 * frame.length);
            stream.put(HostileFrames.flipped(frame, bit));
            while (stream.hasRemaining()) {
                stream.put(next);
            }
            assertThat(refused(() -> HostileFrames.read(stream.array())))
                    .as("bit %s", bit)
                    .isTrue();
        }
    }

    @Test
    void refusesRandomBytes() {
        Random random = new Random(3);

        for (int i = 0; i < RANDOM_FRAMES; i++) {
            byte[] bytes = new byte[random.nextInt(FrameDecoder.MAX_FRAME_BYTES + 1)];
            random.nextBytes(bytes);
            assertRefused(bytes, bytes.length);
        }
    }

    @Test
    void refusesRandomFieldsUnderARightChecksum() {
        Random random = new Random(4);

        for (int i = 0; i < RANDOM_FRAMES; i++) {
            byte[] bytes = new byte[FrameLayout.FRAME_BYTES];
            random.nextBytes(bytes);
            assertRefused(HostileFrames.sealed(bytes), bytes.length);
        }
    }

    @Test
    void takesLengthsFrom156To1024Only() {
        byte[] header = HostileFrames.valid(1);

        for (int length = 0; length <= 65_535; length++) {
            ByteBuffer.wrap(header).putShort(FrameLayout.LENGTH_OFFSET, (short) length);
            if (length >= 156 && length <= 1024) {
                assertThat(FrameDecoder.frameBytes(header)).isEqualTo(length);
            } else {
                assertThat(refused(() -> FrameDecoder.frameBytes(header)))
                        .as("length %s", length)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {233, 240, 1023, 1024})
    void ignoresBytesThatItDoesNotKnow(int length) {
        byte[] ordinary = HostileFrames.valid(1);
        byte[] longer = Arrays.copyOf(ordinary, length);
        Arrays.fill(longer, FrameLayout.APPLICATION_OFFSET, length, (byte) 0xFF);

        assertThat(new FrameDecoder().decode(HostileFrames.sealed(longer), length))
                .isEqualTo(new FrameDecoder().decode(ordinary, ordinary.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {156, 157, 163, 231})
    void readsNoHealthFromAFrameThatIsTooShortForIt(int length) {
        byte[] old = Arrays.copyOf(HostileFrames.valid(1), length);

        MetricsFrame frame = new FrameDecoder().decode(HostileFrames.sealed(old), length);

        assertThat(frame.cpuUsage()).isEqualTo(0.4213);
        assertThat(frame.health()).isEmpty();
        assertThat(frame.ending()).isNull();
        assertThat(frame.application()).isEmpty();
    }

    @Test
    void takesOrRefusesAnyBytesInPlaceOfTheApplicationMetrics() {
        Random random = new Random(5);
        byte[] ordinary = HostileFrames.valid(1);
        int taken = 0;

        for (int i = 0; i < RANDOM_FRAMES; i++) {
            int length = ordinary.length + random.nextInt(64);
            byte[] bytes = Arrays.copyOf(ordinary, length);
            for (int at = FrameLayout.APPLICATION_OFFSET; at < length; at++) {
                bytes[at] = (byte) random.nextInt(at % 2 == 0 ? 12 : 128);
            }
            int applicationBytes = random.nextInt(80);
            bytes[FrameLayout.APPLICATION_BYTES_OFFSET + 1] = (byte) applicationBytes;
            HostileFrames.sealed(bytes);
            taken += refused(() -> new FrameDecoder().decode(bytes, length)) ? 0 : 1;
        }

        assertThat(taken).isBetween(1, RANDOM_FRAMES - 1);
    }

    @Test
    void quotesAHostileNameAsPrintableText() {
        byte[] name = "a\n\u001b[31m\"b".getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes =
                new FrameEncoder(ApplicationMetric.bytes(name.length))
                        .sequence(1)
                        .intervalMs(1000)
                        .windowMs(1000)
                        .coresOnline(1)
                        .memoryTotalBytes(1)
                        .application(name, 1)
                        .finish();

        assertThatThrownBy(() -> new FrameDecoder().decode(bytes, bytes.length))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageEndingWith("found \"a??[31m?b\"");
    }

    @Test
    void ignoresWhatABufferHoldsAfterTheFrame() {
        byte[] buffer = Arrays.copyOf(HostileFrames.valid(7), FrameDecoder.MAX_FRAME_BYTES);
        Arrays.fill(buffer, FrameLayout.FRAME_BYTES, buffer.length, (byte) 0xFF);

        MetricsFrame frame = new FrameDecoder().decode(buffer, FrameLayout.FRAME_BYTES);

        assertThat(frame.sequence()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 41, 42})
    void refusesASequenceThatDoesNotGrow(long sequence) {
        FrameDecoder decoder = new FrameDecoder();
        decoder.decode(HostileFrames.valid(42), FrameLayout.FRAME_BYTES);

        assertThatThrownBy(
                        () ->
                                decoder.decode(
                                        HostileFrames.valid(sequence), FrameLayout.FRAME_BYTES))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("sequence must be above 42, found " + sequence);
    }

    @Test
    void takesASequenceWithGaps() {
        FrameDecoder decoder = new FrameDecoder();

        for (long sequence : new long[] {1, 2, 1000, Long.MAX_VALUE}) {
            byte[] frame = HostileFrames.valid(sequence);
            assertThat(decoder.decode(frame, frame.length).sequence()).isEqualTo(sequence);
        }
    }

    @Test
    void saysHowManyBytesAHeaderNeeds() {
        assertThatThrownBy(() -> FrameDecoder.frameBytes(new byte[] {0x4E, 0x45, 0x4D}))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("header must be 8 bytes, found 3");
    }

    private static void assertRefused(byte[] bytes, int length) {
        assertThat(refused(() -> new FrameDecoder().decode(bytes, length)))
                .as("%s of %s bytes", length, bytes.length)
                .isTrue();
    }

    /** Any other exception fails the test. */
    private static boolean refused(Runnable reading) {
        try {
            reading.run();
            return false;
        } catch (MalformedFrameException e) {
            return true;
        }
    }
}
