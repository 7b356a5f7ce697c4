package dev.enclavemetrics.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.enclavemetrics.agent.FakeClock;
import dev.enclavemetrics.frame.CpuMode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files from real kernels, and some constructed from them; each folder's ORIGIN says which. The
 * expected values were computed independently of the agent.
 */
class ProcFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/proc");
    private static final String NO_VALUE = "noValue";

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void givesTheRightValueOrNone(Path fixture) throws IOException {
        Properties expected = expected(fixture);
        if (expected.containsKey(NO_VALUE)) {
            assertThatThrownBy(() -> sample(fixture))
                    .isInstanceOf(ProcFormatException.class)
                    .hasMessageContaining(expected.getProperty(NO_VALUE));
            return;
        }
        Sample sample = sample(fixture);

        assertThat(sample.cpu.cores()).isEqualTo(number(expected, "cores"));
        for (CpuMode mode : CpuMode.ALL) {
            String name = mode.name();
            String key = "cpu" + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + "Ms";
            assertThat(sample.cpu.totalMs[mode.index()]).as(key).isEqualTo(number(expected, key));
        }
        assertThat(sample.memoryTotalBytes).isEqualTo(number(expected, "memoryTotalBytes"));
        assertThat(sample.memoryAvailableBytes).isEqualTo(number(expected, "memoryAvailableBytes"));
        assertThat(sample.filesystemBytes).isEqualTo(number(expected, "filesystemBytes"));
        assertThat(sample.inMemoryRoot)
                .isEqualTo(Boolean.parseBoolean(expected.getProperty("inMemoryRoot")));
    }

    @ParameterizedTest
    @CsvSource({
        // the same cores
        "5.10-cpu1-offline, 5.10-cpu1-offline-later, 4000, true",
        "5.10-cpu1-online, 5.10-cpu1-online-later, 2000, true",
        "6.1-idle-backwards-after, 6.1-idle-backwards-later, 2000, true",
        "constructed-idle-back-2990ms-before, 6.1-idle-backwards-later, 2000, true",
        // the same cores, but the clock was read at another time than the counters
        "5.10-cpu1-offline, 5.10-cpu1-offline-later, 2000, true",
        "6.1-idle-backwards-after, 6.1-idle-backwards-later, 100, true",
        // a core was added or removed, or idle time decreased too much
        "5.10-cpu1-before, 5.10-cpu1-offline, 1000, false",
        "5.10-cpu1-offline-later, 5.10-cpu1-online, 10000, false",
        "6.1-8cores-before, 6.1-8cores-7-offline, 1000, false",
        "6.1-8cores-online, 6.1-8cores-cpu3-offline, 2000, false",
        "6.1-idle-backwards-before, 6.1-idle-backwards-after, 1000, false",
        "constructed-idle-back-3000ms-before, 6.1-idle-backwards-later, 2000, false",
    })
    void goesOnFromOneSampleToTheNextOnlyIfTheirDifferenceMeansSomething(
            String before, String after, long elapsedMs, boolean goesOn) throws IOException {
        CpuCounters counters = new CpuCounters();
        counters.moveTo(sample(FIXTURES.resolve(before)).cpu, 0);

        assertThat(counters.moveTo(sample(FIXTURES.resolve(after)).cpu, elapsedMs))
                .isEqualTo(goesOn);
    }

    @ParameterizedTest
    @CsvSource({"5.10-2cores-ramfs", "6.1-2cores-ramfs", "6.1-2cores-tmpfs"})
    void countsAFileInMemoryWhileItIsThere(String series) throws IOException {
        double fileBytes = 64 << 20;
        Sample empty = sample(FIXTURES.resolve(series + "-empty"));
        Sample filled = sample(FIXTURES.resolve(series + "-filled"));
        Sample removed = sample(FIXTURES.resolve(series + "-removed"));
        double share = fileBytes / empty.memoryTotalBytes;

        assertThat(filled.memoryUsage() - empty.memoryUsage()).isCloseTo(share, within(0.01));
        assertThat(filled.memoryUsage() - removed.memoryUsage()).isCloseTo(share, within(0.01));
        assertThat((double) filled.filesystemBytes - empty.filesystemBytes)
                .isCloseTo(fileBytes, within(fileBytes / 100));
    }

    private static Sample sample(Path fixture) throws IOException {
        Sample sample = new Sample();
        try (ProcSampler sampler = new ProcSampler(fixture, new FakeClock())) {
            sampler.sample(sample);
        }
        return sample;
    }

    private static Properties expected(Path fixture) throws IOException {
        Properties expected = new Properties();
        try (Reader reader = Files.newBufferedReader(fixture.resolve("expected.properties"))) {
            expected.load(reader);
        }
        return expected;
    }

    private static long number(Properties expected, String key) {
        return Long.parseLong(expected.getProperty(key));
    }
}
