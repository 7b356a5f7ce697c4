package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.RunningProcess;
import dev.enclavemetrics.agent.round.SignificantDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that export metrics, as processes. */
class ExporterProgramsTest {

    @TempDir private Path folder;

    /**
     * Runs the exporter with its default collectors. The expected values are in a file that it
     * exports as well.
     */
    @Test
    void readsTheNodeExporterOfDebian() throws Exception {
        assumeThat(Path.of("/usr/bin/prometheus-node-exporter")).exists();
        try (RunningProcess exporter =
                new RunningProcess(
                        Map.of(),
                        "prometheus-node-exporter",
                        "--web.listen-address=127.0.0.1:0",
                        "--collector.textfile.directory=" + folder)) {
            String listens = exporter.lineWith("Listening on");
            String host = listens.substring(listens.indexOf("127.0.0.1"));
            TestReader reader =
                    new TestReader(
                            "http://" + host + "/metrics",
                            "queue_depth+calls_total{code=\"500\"}+latency_seconds_count"
                                    + "+latency_seconds_bucket{le=\"0.1\"}"
                                    + "+node_memory_MemTotal_bytes"
                                    + "+node_cpu_seconds_total{mode!=\"idle\"}");
            write(5, 10, 100, 1, 1);
            reader.next();
            write(60, 760, 9000, 4, 3);

            Map<String, Double> second = reader.next();
            assertThat(second.remove("node_cpu_seconds_per_second")).isNotNegative();
            assertThat(second)
                    .isEqualTo(
                            Map.of(
                                    "queue_depth", 60.0,
                                    "calls_per_second", 12.5,
                                    "latency_seconds_count_per_second", 0.05,
                                    "latency_seconds_bucket_per_second", 0.03333,
                                    "node_memory_MemTotal_bytes", memoryTotalBytes()));
            assertThat(reader.log()).isEmpty();
        }
    }

    private void write(double depth, double failures, double successes, int count, int fast)
            throws IOException {
        Path whole = folder.resolve("app.prom");
        Path next = folder.resolve("app.prom.next");
        String text =
                """
                # TYPE queue_depth gauge
                queue_depth %s
                # TYPE calls_total counter
                calls_total{code="500"} %s
                calls_total{code="200"} %s
                # TYPE latency_seconds histogram
                latency_seconds_bucket{le="0.1"} %d
                latency_seconds_bucket{le="+Inf"} %d
                latency_seconds_sum %d
                latency_seconds_count %d
                """;
        Files.writeString(
                next, text.formatted(depth, failures, successes, fast, count, count, count));
        Files.move(next, whole, StandardCopyOption.REPLACE_EXISTING);
    }

    private static double memoryTotalBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                double bytes = Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
                return new SignificantDigits(4).rounded(bytes);
            }
        }
        throw new AssertionError("/proc/meminfo must have a line MemTotal");
    }

    /**
     * Reads as fast as possible while the script writes: each reading must find a complete file.
     */
    @Test
    void readsAFileThatAShellScriptReplaces() throws Exception {
        Path file = folder.resolve("app.prom");
        TestReader reader = new TestReader("file:" + file, "queue_depth+jobs_total{kind=\"a b\"}");
        try (RunningProcess script = count(file, 1, 300)) {
            script.await("the first file", () -> Files.exists(file));
            double before = 0;
            while (before < 300) {
                double depth = reader.next().getOrDefault("queue_depth", Double.NaN);
                assertThat(depth).isBetween(before, 300.0);
                before = depth;
            }
            assertThat(script.exitCode()).isZero();
        }
        for (int minute = 0; minute < 16; minute++) {
            reader.next();
        }
        try (RunningProcess script = count(file, 301, 480)) {
            assertThat(script.exitCode()).isZero();
        }
        assertThat(reader.next()).isEqualTo(Map.of("queue_depth", 480.0, "jobs_per_second", 0.2));
        assertThat(reader.log()).isEmpty();
    }

    private static RunningProcess count(Path file, int from, int to) throws IOException {
        String script =
                """
                for i in $(seq "$1" "$2"); do
                    {
                        echo '# TYPE queue_depth gauge'
                        echo "queue_depth $i"
                        echo "jobs_total{kind=\\"a b\\"} $i"
                        echo "jobs_total{kind=\\"other\\"} 7"
                    } >"$0.next"
                    mv "$0.next" "$0"
                done
                """;
        String[] command = {"sh", "-c", script, file.toString(), from + "", to + ""};
        return new RunningProcess(Map.of(), command);
    }
}
