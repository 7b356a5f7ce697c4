package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.CpuMode;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A value and the launcher's own metrics as Prometheus text or OpenMetrics. */
public final class PrometheusText {

    private static final double MS_PER_SECOND = 1e3;
    private static final double US_PER_SECOND = 1e6;
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
            writer.write(text, metrics(value).all(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to an array cannot fail
        }
        return text.toByteArray();
    }

    private MetricFamilies metrics(CurrentValue value) {
        MetricFamilies metrics = new MetricFamilies();
        if (value instanceof CurrentValue.Fresh fresh) {
            metrics.gauge(Metric.UP, 1);
            MetricsFrame frame = fresh.received().frame();
            usage(metrics, frame);
            health(metrics, frame);
            for (ApplicationMetric metric : frame.application()) {
                metrics.gauge(metric);
            }
        } else {
            metrics.gauge(Metric.UP, 0);
        }
        launcher(metrics);
        return metrics;
    }

    private static void usage(MetricFamilies metrics, MetricsFrame frame) {
        metrics.gauge(Metric.CPU_USAGE, frame.cpuUsage());
        metrics.gauge(Metric.MEMORY_USAGE, frame.memoryUsage());
        metrics.gauge(Metric.BUSIEST_CORE_USAGE, frame.busiestCoreUsage());
        metrics.gauge(Metric.CORES, frame.coresOnline());
        metrics.gauge(Metric.MEMORY_TOTAL, frame.memoryTotalBytes());
        metrics.gauge(Metric.MEMORY_AVAILABLE, frame.memoryAvailableBytes());
        metrics.gauge(Metric.MEMORY_FILESYSTEM, frame.filesystemBytes());
        metrics.gauge(Metric.UPTIME, frame.uptimeNs() / NS_PER_SECOND);
        metrics.gauge(Metric.WINDOW, frame.windowMs() / MS_PER_SECOND);
        metrics.gauge(Metric.INTERVAL, frame.intervalMs() / MS_PER_SECOND);
        List<CounterDataPointSnapshot> modes = new ArrayList<>();
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            String label = CpuMode.ALL.get(mode).name().toLowerCase(Locale.ROOT);
            double seconds = frame.cpuTimeMs().get(mode) / MS_PER_SECOND;
            modes.add(MetricFamilies.count(seconds, Labels.of("mode", label)));
        }
        metrics.counter(Metric.CPU_SECONDS, modes);
    }

    /** Adds the health metrics that the enclave's kernel has; an old agent sends none. */
    private static void health(MetricFamilies metrics, MetricsFrame frame) {
        for (HealthField field : HealthField.ALL) {
            Long value = frame.health().get(field);
            if (value == null) {
                continue;
            }
            switch (field) {
                case THREADS_RUNNABLE -> metrics.gauge(Metric.THREADS_RUNNABLE, value);
                case THREADS_BLOCKED -> metrics.gauge(Metric.THREADS_BLOCKED, value);
                case OOM_KILLS -> metrics.counter(Metric.OOM_KILLS, value);
                case FILES_OPEN -> metrics.gauge(Metric.FILES_OPEN, value);
                case CPU_STALLED_US -> pressure(metrics, Metric.CPU_WAITING, value);
                case MEMORY_STALLED_US -> pressure(metrics, Metric.MEMORY_WAITING, value);
                case MEMORY_ALL_STALLED_US -> pressure(metrics, Metric.MEMORY_STALLED, value);
                case IO_STALLED_US -> pressure(metrics, Metric.IO_WAITING, value);
                case IO_ALL_STALLED_US -> pressure(metrics, Metric.IO_STALLED, value);
            }
        }
    }

    private static void pressure(MetricFamilies metrics, Metric metric, long us) {
        metrics.counter(metric, us / US_PER_SECOND);
    }

    private void launcher(MetricFamilies metrics) {
        metrics.counter(Metric.FRAMES, counters.frames.get());
        metrics.counter(Metric.MALFORMED_FRAMES, counters.malformedFrames.get());
        metrics.counter(Metric.CONNECTS, counters.connects.get());
        metrics.counter(Metric.CONNECT_FAILURES, counters.connectFailures.get());
        metrics.gauge(Metric.HTTP_CONNECTIONS, counters.httpConnections.get());
        List<CounterDataPointSnapshot> codes = new ArrayList<>();
        for (int code = 0; code < counters.httpRequests.length(); code++) {
            long requests = counters.httpRequests.get(code);
            if (requests > 0) {
                Labels labels = Labels.of("code", Integer.toString(code));
                codes.add(MetricFamilies.count((double) requests, labels));
            }
        }
        metrics.counter(Metric.HTTP_REQUESTS, codes);
        metrics.info(Metric.BUILD_INFO, Labels.of("version", version));
    }
}
