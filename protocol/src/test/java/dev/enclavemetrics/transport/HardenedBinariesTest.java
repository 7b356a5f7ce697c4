package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protections of the native binaries against memory corruption, by their ELF headers. */
class HardenedBinariesTest {

    private static final int DYNAMIC = 2;
    private static final int STACK = 0x6474_e551;
    private static final int READ_ONLY_AFTER_RELOCATION = 0x6474_e552;
    private static final int EXECUTABLE = 1;
    private static final long FLAGS_TAG = 30;
    private static final long BIND_NOW = 8;

    private ByteBuffer elf = ByteBuffer.allocate(0);

    private void read(String name) throws IOException {
        Path file = Path.of(System.getProperty("enclavemetrics.native.dir", "target/native"), name);
        assumeThat(file).exists(); // not built without a C compiler
        elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource({"libenclavemetrics.so, __recv_chk", "enclave-supervise, __fprintf_chk"})
    void checkTheStackAndTheLengthsOfBuffers(String name, String checked) throws IOException {
        read(name);

        assertThat(new String(elf.array(), StandardCharsets.ISO_8859_1))
                .contains("\0__stack_chk_fail\0", "\0" + checked + "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libenclavemetrics.so", "enclave-supervise"})
    void executeNoStackAndWriteNoTableOfFunctions(String name) throws IOException {
        read(name);
        Map<Integer, Integer> segments = segments();

        assertThat(elf.getInt(segments.getOrDefault(STACK, 0) + 4) & EXECUTABLE).isZero();
        assertThat(segments).containsKey(READ_ONLY_AFTER_RELOCATION);
        assertThat(dynamicFlags(segments) & BIND_NOW).isNotZero();
    }

    /** Returns the offset of each program header by its type, in a 64-bit file. */
    private Map<Integer, Integer> segments() {
        Map<Integer, Integer> segments = new HashMap<>();
        for (int i = 0; i < elf.getShort(56); i++) {
            int header = (int) elf.getLong(32) + i * elf.getShort(54);
            segments.put(elf.getInt(header), header);
        }
        return segments;
    }

    private long dynamicFlags(Map<Integer, Integer> segments) {
        int at = (int) elf.getLong(segments.getOrDefault(DYNAMIC, 0) + 8);
        while (elf.getLong(at) != 0) {
            if (elf.getLong(at) == FLAGS_TAG) {
                return elf.getLong(at + 8);
            }
            at += 16;
        }
        return 0;
    }
}
