package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProcMeminfoTest {

    private static final String WITH_AVAILABLE =
            """
            MemTotal:       1000 kB
            MemFree:         400 kB
            MemAvailable:    700 kB
            Buffers:           1 kB
            Cached:          300 kB
            SwapCached:        0 kB
            Active(file):    150 kB
            Inactive(file):  160 kB
            Shmem:            50 kB
            SReclaimable:     30 kB
            HugePages_Total:   0
            """;
    private static final String WITHOUT_AVAILABLE =
            WITH_AVAILABLE.replaceFirst("MemAvailable.*\n", "");

    private final ProcMeminfo lines = new ProcMeminfo();
    private final MeminfoFields memory = new MeminfoFields();

    @Test
    void takesTheKernelsEstimate() {
        parse(WITH_AVAILABLE);

        assertThat(memory.totalBytes).isEqualTo(1000 * 1024);
        assertThat(memory.available(false)).isEqualTo(700 * 1024);
    }

    @Test
    void addsUpThePartsWhereTheKernelHasNoEstimate() {
        parse(WITHOUT_AVAILABLE);

        assertThat(memory.available(false)).isEqualTo((400 + 150 + 160 + 30) * 1024);
    }

    @Test
    void countsNoFilePagesAsAvailableWhereNothingIsOnADisk() {
        parse(WITH_AVAILABLE);
        assertThat(memory.available(true)).isEqualTo((400 + 30) * 1024);

        parse(WITHOUT_AVAILABLE);
        assertThat(memory.available(true)).isEqualTo((400 + 30) * 1024);
    }

    @Test
    void keepsTheKernelsEstimateWhereItIsLower() {
        parse(WITH_AVAILABLE.replace("700 kB", "100 kB"));

        assertThat(memory.available(true)).isEqualTo(100 * 1024);
    }

    @Test
    void neverHasMoreAvailableThanThereIs() {
        parse(WITH_AVAILABLE.replace("700 kB", "5000 kB"));

        assertThat(memory.available(false)).isEqualTo(1000 * 1024);
    }

    @Test
    void countsTheWholePageCacheAsFilesystemWhereNothingIsOnADisk() {
        parse(WITH_AVAILABLE);

        assertThat(memory.filesystem(true)).isEqualTo(300 * 1024);
        assertThat(memory.filesystem(false)).isEqualTo(50 * 1024);
    }

    @Test
    void namesTheFieldThatIsNeededAndAbsent() {
        parse(WITHOUT_AVAILABLE.replaceFirst("Inactive.*\n", ""));

        assertThatThrownBy(() -> memory.available(false))
                .isInstanceOf(ProcFormatException.class)
                .hasMessageContaining("Inactive(file)");
    }

    @Test
    void refusesATextWithoutATotal() {
        for (String total : new String[] {"", "MemTotal: 0 kB\n"}) {
            assertThatThrownBy(() -> parse(WITH_AVAILABLE.replaceFirst("MemTotal.*\n", total)))
                    .isInstanceOf(ProcFormatException.class)
                    .hasMessageContaining("MemTotal");
        }
    }

    @Test
    void refusesATextThatIsCutOffInALineThatIsNeeded() {
        int complete = WITH_AVAILABLE.indexOf("HugePages");
        for (int length = 0; length < WITH_AVAILABLE.length(); length++) {
            String prefix = WITH_AVAILABLE.substring(0, length);
            if (length >= complete) {
                parse(prefix);
                assertThat(memory.available(true)).isEqualTo((400 + 30) * 1024);
            } else if (!prefix.endsWith("\n")) {
                assertThatThrownBy(() -> parse(prefix)).isInstanceOf(ProcFormatException.class);
            }
        }
    }

    @Test
    void readsTheNextTextAlikeWhereverItsLinesStand() {
        String wider = WITH_AVAILABLE.replace("MemFree:  ", "MemFree:  11");
        String narrower = WITH_AVAILABLE.replace("SwapCached:        0 kB\n", "");
        String shifted = WITH_AVAILABLE.replace("\nBuffers:  ", "\nBuffers:1\nXX");
        String other = "Before:   1 kB\n" + WITH_AVAILABLE.replace("Shmem:  ", "Shmem: 9");
        for (String text : new String[] {wider, narrower, shifted, other, WITHOUT_AVAILABLE}) {
            parse(WITH_AVAILABLE);
            parse(text);
            String afterAnother = values();
            new ProcMeminfo().parse(text(text), memory);
            assertThat(afterAnother).isEqualTo(values());
        }
    }

    @Test
    void refusesACutOffTextAfterAWholeOne() {
        for (int length = 0; length < WITH_AVAILABLE.indexOf("SReclaimable"); length++) {
            String prefix = WITH_AVAILABLE.substring(0, length);
            if (!prefix.endsWith("\n")) {
                parse(WITH_AVAILABLE);
                assertThatThrownBy(() -> parse(prefix)).isInstanceOf(ProcFormatException.class);
            }
        }
    }

    private String values() {
        return memory.totalBytes
                + " "
                + memory.freeBytes
                + " "
                + memory.availableBytes
                + " "
                + memory.cachedBytes
                + " "
                + memory.activeFileBytes
                + " "
                + memory.inactiveFileBytes
                + " "
                + memory.reclaimableSlabBytes
                + " "
                + memory.sharedBytes;
    }

    private static ProcText text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new ProcText().over(bytes, bytes.length);
    }

    private void parse(String text) {
        lines.parse(text(text), memory);
    }
}
