package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameVectorTest {

    @Test
    void thereAreVectorsOfEachKind() {
        assertThat(FrameVector.all()).filteredOn(FrameVector::malformed).hasSizeGreaterThan(7);
        assertThat(wellFormed()).hasSizeGreaterThan(4);
        assertThat(encoded()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void decoderGivesTheFields(FrameVector vector) {
        byte[] bytes = vector.bytes();

        assertThat(FrameDecoder.frameBytes(bytes)).isEqualTo(bytes.length);
        assertThat(new FrameDecoder().decode(bytes, bytes.length)).isEqualTo(vector.frame());
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void encoderGivesTheBytes(FrameVector vector) {
        assertThat(vector.encode()).asHexString().isEqualTo(hex(vector.bytes()));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void decoderGivesTheMessage(FrameVector vector) {
        byte[] bytes = vector.bytes();

        assertThatThrownBy(() -> new FrameDecoder().decode(bytes, bytes.length))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage(vector.text("error"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void checksumIsThatOfTheOracle(FrameVector vector) {
        byte[] bytes = vector.bytes();
        int offset = bytes.length - FrameLayout.CHECKSUM_BYTES;
        int wrongBit = vector.toString().equals("malformed-checksum") ? 1 : 0;

        assertThat(Crc32cOracle.of(bytes, offset) ^ wrongBit)
                .isEqualTo((int) vector.number("checksum"));
        assertThat(HostileFrames.intAt(bytes, offset)).isEqualTo((int) vector.number("checksum"));
    }

    static Stream<FrameVector> all() {
        return FrameVector.all().stream();
    }

    static Stream<FrameVector> wellFormed() {
        return all().filter(vector -> !vector.malformed());
    }

    static Stream<FrameVector> malformed() {
        return all().filter(FrameVector::malformed);
    }

    static Stream<FrameVector> encoded() {
        return all().filter(FrameVector::encoded);
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
