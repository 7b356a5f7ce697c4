package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcMountsTest {

    @Test
    void findsAnEnclaveInMemory() {
        assertThat(allInMemory(FakeProc.ENCLAVE_MOUNTS)).isTrue();
        assertThat(allInMemory("none / ramfs rw 0 0\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/vda /data ext4 rw 0 0\n",
                "/dev/loop0 /app squashfs ro 0 0\n",
                "overlay / overlay rw,lowerdir=/a 0 0\n",
                "s3 /data fuse.s3fs rw 0 0\n",
                "host /data virtiofs rw 0 0\n",
                "tmpfs /data tmpfsx rw 0 0\n",
            })
    void findsADiskOrWhatMayBeOne(String mount) {
        assertThat(allInMemory(FakeProc.ENCLAVE_MOUNTS + mount)).isFalse();
    }

    @Test
    void isNotMisledByAPathThatLooksLikeAType() {
        assertThat(allInMemory("/dev/vda /tmpfs\\040 ext4 rw 0 0\n")).isFalse();
    }

    @Test
    void takesNoMountsAtAllForUnknown() {
        assertThat(allInMemory("")).isFalse();
    }

    @Test
    void refusesATextThatIsCutOff() {
        assertThatThrownBy(() -> allInMemory("rootfs / rootfs rw 0"))
                .isInstanceOf(ProcFormatException.class);
    }

    private static boolean allInMemory(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ProcMounts.allInMemory(new ProcText().over(bytes, bytes.length));
    }
}
