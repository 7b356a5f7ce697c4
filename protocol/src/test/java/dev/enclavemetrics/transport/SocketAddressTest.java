package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The expected bytes are those of little-endian Linux: x86-64 and arm64. */
class SocketAddressTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    @BeforeEach
    void onLittleEndianLinux() {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assumeThat(Platform.MAC).isFalse();
    }

    @Test
    void vsockIsASockaddrVm() {
        assertThat(HEX.formatHex(SocketAddress.vsock(16, 59090)))
                .isEqualTo("28 00 00 00 d2 e6 00 00 10 00 00 00 00 00 00 00");
    }

    @Test
    void anyCidIsAllOnes() {
        assertThat(HEX.formatHex(SocketAddress.vsock(Endpoint.ANY_CID, 0x01020304)))
                .isEqualTo("28 00 00 00 04 03 02 01 ff ff ff ff 00 00 00 00");
    }

    @Test
    void unixIsASockaddrUnThatEndsWithNul() {
        assertThat(HEX.formatHex(SocketAddress.unix("/run/a")))
                .isEqualTo("01 00 2f 72 75 6e 2f 61 00");
    }

    @Test
    void unixPathIsUtf8() {
        assertThat(HEX.formatHex(SocketAddress.unix("é"))).isEqualTo("01 00 c3 a9 00");
    }

    @Test
    void readsThePeersCid() {
        byte[] address = HEX.parseHex("28 00 00 00 d2 e6 00 00 10 00 00 00 00 00 00 00");

        assertThat(SocketAddress.isVsock(address)).isTrue();
        assertThat(SocketAddress.cid(address)).isEqualTo(16);
    }

    @Test
    void knowsAnAddressThatHasNoCid() {
        assertThat(SocketAddress.isVsock(HEX.parseHex("01 00 00 00"))).isFalse();
    }
}
