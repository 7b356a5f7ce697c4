package dev.enclavemetrics.launcher.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PrometheusTextTest {

    private static final CurrentValue FRESH = fresh(Frames.frame(1, 1000));
    private static final CurrentValue FULL = fresh(Frames.full());
    private static final CurrentValue ABSENT =
            new CurrentValue.Absent(CurrentValue.Reason.Stale, "no value since yesterday");

    private final Counters counters = new Counters();
    private final PrometheusText text = new PrometheusText(counters, "1.2.3");

    private static CurrentValue fresh(MetricsFrame frame) {
        return new CurrentValue.Fresh(new ReceivedFrame(frame, 0, TestClock.START));
    }

    private List<String> render(CurrentValue reading, Format format) {
        return new String(text.render(reading, format), StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> values(CurrentValue reading) {
        return render(reading, Format.PROMETHEUS).stream().filter(l -> !l.startsWith("#")).toList();
    }

    @Test
    void hasEveryValueOfTheFrameAndOfTheLauncher() {
        counters.frames.set(7);
        counters.malformedFrames.set(1);
        counters.connects.set(3);
        counters.connectFailures.set(2);
        counters.httpConnections.set(4);
        counters.httpRequests.set(200, 9);
        counters.httpRequests.set(404, 1);

        assertThat(values(FRESH))
                .containsExactlyInAnyOrder(
                        "nitro_enclave_up 1.0",
                        "nitro_enclave_cpu_usage 0.4213",
                        "nitro_enclave_memory_usage 0.3127",
                        "nitro_enclave_cpu_busiest_core_usage 0.81",
                        "nitro_enclave_cpu_cores 2.0",
                        "nitro_enclave_memory_total_bytes 2.147483648E9",
                        "nitro_enclave_memory_available_bytes 1.073741824E9",
                        "nitro_enclave_memory_filesystem_bytes 3145728.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"user\"} 1.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"nice\"} 2.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"system\"} 3.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"idle\"} 4.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"iowait\"} 5.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"irq\"} 6.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"softirq\"} 7.0",
                        "nitro_enclave_cpu_seconds_total{mode=\"steal\"} 8.0",
                        "nitro_enclave_uptime_seconds 90.5",
                        "nitro_enclave_window_seconds 15.0",
                        "nitro_enclave_interval_seconds 1.0",
                        "nitro_launcher_frames_total 7.0",
                        "nitro_launcher_malformed_frames_total 1.0",
                        "nitro_launcher_connects_total 3.0",
                        "nitro_launcher_connect_failures_total 2.0",
                        "nitro_launcher_http_requests_total{code=\"200\"} 9.0",
                        "nitro_launcher_http_requests_total{code=\"404\"} 1.0",
                        "nitro_launcher_http_connections 4.0",
                        "nitro_launcher_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void hasHealthAndTheApplicationsNumbersOfANewAgent() {
        assertThat(values(FULL))
                .containsAll(values(FRESH))
                .contains(
                        "nitro_enclave_threads_runnable 1500000.0",
                        "nitro_enclave_threads_blocked 1500001.0",
                        "nitro_enclave_oom_kills_total 1500002.0",
                        "nitro_enclave_files_open 1500003.0",
                        "nitro_enclave_pressure_cpu_waiting_seconds_total 1.500004",
                        "nitro_enclave_pressure_memory_waiting_seconds_total 1.500005",
                        "nitro_enclave_pressure_memory_stalled_seconds_total 1.500006",
                        "nitro_enclave_pressure_io_waiting_seconds_total 1.500007",
                        "nitro_enclave_pressure_io_stalled_seconds_total 1.500008",
                        "nitro_enclave_app_queue_depth 60.0")
                .hasSize(values(FRESH).size() + 10);
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, names = "JSON", mode = Mode.EXCLUDE)
    void takesAnyNameOfTheApplication(Format format) {
        String[] names = {"x", "x_total", "x_info", "x_created", "x_bucket", "x_seconds", "_", "X"};
        ApplicationMetric[] metrics =
                Arrays.stream(names)
                        .map(name -> new ApplicationMetric(name, -1e300))
                        .toArray(ApplicationMetric[]::new);
        MetricsFrame frame = Frames.with(Frames.frame(1, 1000), Map.of(), null, metrics);

        assertThat(render(fresh(frame), format))
                .containsAll(
                        Arrays.stream(names)
                                .map(name -> "nitro_enclave_app_" + name + " -1.0E300")
                                .toList());
    }

    @Test
    void hasNothingOfTheEnclaveWhileThereIsNoFreshValue() {
        assertThat(values(ABSENT))
                .contains("nitro_enclave_up 0.0", "nitro_launcher_frames_total 0.0")
                .filteredOn(line -> line.startsWith("nitro_enclave_"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, names = "JSON", mode = Mode.EXCLUDE)
    void hasEveryMetricOfTheCatalogueWithItsHelp(Format format) {
        counters.httpRequests.set(200, 1);
        List<String> lines = render(FULL, format);

        for (Metric metric : Metric.values()) {
            assertThat(lines).anyMatch(l -> l.startsWith(metric.exposedName()));
            assertThat(lines)
                    .anyMatch(l -> l.startsWith("# HELP nitro_") && l.endsWith(metric.help()));
        }
        assertThat(lines.stream().filter(l -> l.startsWith("# TYPE")))
                .hasSize(Metric.values().length + 1); // plus one application metric
    }

    @Test
    void endsOpenMetricsAsItMustAndNamesUnits() {
        assertThat(render(FRESH, Format.OPENMETRICS))
                .contains(
                        "# TYPE nitro_enclave_cpu_seconds counter",
                        "# UNIT nitro_enclave_cpu_seconds seconds",
                        "# UNIT nitro_enclave_memory_total_bytes bytes",
                        "# TYPE nitro_launcher_build info")
                .last()
                .isEqualTo("# EOF");
    }

    @Test
    void exposesNoMetricThatTheCatalogueDoesNotName() {
        assertThat(
                        values(FULL).stream()
                                .filter(l -> !l.startsWith(ApplicationMetric.PREFIX))
                                .map(l -> l.replaceFirst("[{ ].*", ""))
                                .collect(Collectors.toSet()))
                .isSubsetOf(Arrays.stream(Metric.values()).map(Metric::exposedName).toList());
    }
}
