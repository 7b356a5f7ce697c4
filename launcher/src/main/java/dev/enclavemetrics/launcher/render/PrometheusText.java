package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value and the launcher's own metrics as Prometheus text or OpenMetrics. */
public final class PrometheusText {

    private static final double MS_PER_SECOND = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private final Counters counters;
    private final String version;

    public PrometheusText(Counters counters, String version) {
        this.counters = counters;
        this.version = version;
    }

    /** Renders for one of the two formats that are not JSON. */
    public byte[] render(CurrentValue value, Format format) {
        ExpositionFormatWriter writer =
                format == Format.OPENMETRICS
                        ? OpenMetricsTextFormatWriter.create()
                        : PrometheusTextFormatWriter.create();
        ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
        try {
            writer.write(text, snapshots(value), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to an array cannot fail
        }
        return text.toByteArray();
    }

    private MetricSnapshots snapshots(CurrentValue value) {
        List<MetricSnapshot> metrics = new ArrayList<>();
        if (value instanceof CurrentValue.Fresh fresh) {
            metrics.add(gauge(Metric.UP, 1));
            enclave(metrics, fresh.received().frame());
        } else {
            metrics.add(gauge(Metric.UP, 0));
        }
        launcher(metrics);
        return new MetricSnapshots(metrics);
    }

    private static void enclave(List<MetricSnapshot> metrics, MetricsFrame frame) {
        metrics.add(gauge(Metric.CPU_USAGE, frame.cpuUsage()));
        metrics.add(gauge(Metric.MEMORY_USAGE, frame.memoryUsage()));
        metrics.add(gauge(Metric.BUSIEST_CORE_USAGE, frame.busiestCoreUsage()));
        metrics.add(gauge(Metric.CORES, frame.coresOnline()));
        metrics.add(gauge(Metric.MEMORY_TOTAL, frame.memoryTotalBytes()));
        metrics.add(gauge(Metric.MEMORY_AVAILABLE, frame.memoryAvailableBytes()));
        metrics.add(gauge(Metric.MEMORY_FILESYSTEM, frame.filesystemBytes()));
        metrics.add(gauge(Metric.UPTIME, frame.uptimeNs() / NS_PER_SECOND));
        metrics.add(gauge(Metric.WINDOW, frame.windowMs() / MS_PER_SECOND));
        metrics.add(gauge(Metric.INTERVAL, frame.intervalMs() / MS_PER_SECOND));
        List<CounterDataPointSnapshot> modes = new ArrayList<>();
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            String label = CpuMode.ALL.get(mode).name().toLowerCase(Locale.ROOT);
            double seconds = frame.cpuTimeMs().get(mode) / MS_PER_SECOND;
            modes.add(count(seconds, Labels.of("mode", label)));
        }
        metrics.add(new CounterSnapshot(metadata(Metric.CPU_SECONDS), modes));
    }

    private void launcher(List<MetricSnapshot> metrics) {
        metrics.add(counter(Metric.FRAMES, counters.frames.get()));
        metrics.add(counter(Metric.MALFORMED_FRAMES, counters.malformedFrames.get()));
        metrics.add(counter(Metric.CONNECTS, counters.connects.get()));
        metrics.add(counter(Metric.CONNECT_FAILURES, counters.connectFailures.get()));
        metrics.add(gauge(Metric.HTTP_CONNECTIONS, counters.httpConnections.get()));
        List<CounterDataPointSnapshot> codes = new ArrayList<>();
        for (int code = 0; code < counters.httpRequests.length(); code++) {
            long requests = counters.httpRequests.get(code);
            if (requests > 0) {
                codes.add(count((double) requests, Labels.of("code", Integer.toString(code))));
            }
        }
        metrics.add(new CounterSnapshot(metadata(Metric.HTTP_REQUESTS), codes));
        metrics.add(
                new InfoSnapshot(
                        metadata(Metric.BUILD_INFO),
                        List.of(new InfoDataPointSnapshot(Labels.of("version", version)))));
    }

    private static MetricSnapshot gauge(Metric metric, double value) {
        return new GaugeSnapshot(
                metadata(metric), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    private static MetricSnapshot gauge(Metric metric, long value) {
        return gauge(metric, (double) value); // exact up to 2^53: 8 PiB
    }

    private static MetricSnapshot counter(Metric metric, long value) {
        return new CounterSnapshot(metadata(metric), List.of(count((double) value, Labels.EMPTY)));
    }

    private static CounterDataPointSnapshot count(double value, Labels labels) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }

    /** The model takes names without the suffix that the format adds. */
    private static MetricMetadata metadata(Metric metric) {
        String name =
                switch (metric.kind()) {
                    case GAUGE -> metric.exposedName();
                    case COUNTER -> without(metric.exposedName(), "_total");
                    case INFO -> without(metric.exposedName(), "_info");
                };
        return new MetricMetadata(name, metric.help(), unit(name));
    }

    private static String without(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }

    private static @Nullable Unit unit(String name) {
        if (name.endsWith("_seconds")) {
            return Unit.SECONDS;
        }
        return name.endsWith("_bytes") ? Unit.BYTES : null;
    }
}
