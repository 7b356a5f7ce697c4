package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.frame.ApplicationMetric;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects metrics with their values, as the Prometheus client library takes them. */
final class MetricFamilies {

    static final String APPLICATION_HELP = "Number of the application in the enclave.";

    private final List<MetricSnapshot> families = new ArrayList<>();

    MetricSnapshots all() {
        return new MetricSnapshots(families);
    }

    void gauge(Metric metric, double value) {
        gauge(metadata(metric), value);
    }

    void gauge(Metric metric, long value) {
        gauge(metric, (double) value); // exact up to 2^53: 8 PiB
    }

    /** Any name is possible, also one that ends like that of a counter. */
    void gauge(ApplicationMetric metric) {
        gauge(new MetricMetadata(metric.metricName(), APPLICATION_HELP), metric.value());
    }

    private void gauge(MetricMetadata metadata, double value) {
        families.add(
                new GaugeSnapshot(
                        metadata, List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))));
    }

    void counter(Metric metric, double value) {
        counter(metric, List.of(count(value, Labels.EMPTY)));
    }

    void counter(Metric metric, long value) {
        counter(metric, (double) value);
    }

    void counter(Metric metric, List<CounterDataPointSnapshot> counts) {
        families.add(new CounterSnapshot(metadata(metric), counts));
    }

    void info(Metric metric, Labels labels) {
        families.add(
                new InfoSnapshot(metadata(metric), List.of(new InfoDataPointSnapshot(labels))));
    }

    static CounterDataPointSnapshot count(double value, Labels labels) {
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
