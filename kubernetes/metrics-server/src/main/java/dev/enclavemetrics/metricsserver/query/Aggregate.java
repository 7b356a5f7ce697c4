package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.metricsserver.store.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One number for several pods: a metric, and how its values are combined. */
record Aggregate(EnclaveMetric metric, Way way) {

    enum Way {
        AVERAGE("_average"),
        MAXIMUM("_maximum");

        private final String suffix;

        Way(String suffix) {
            this.suffix = suffix;
        }
    }

    static final List<Aggregate> ALL = all();

    private static List<Aggregate> all() {
        List<Aggregate> all = new ArrayList<>();
        for (EnclaveMetric metric : EnclaveMetric.values()) {
            for (Way way : Way.values()) {
                all.add(new Aggregate(metric, way));
            }
        }
        return List.copyOf(all);
    }

    static @Nullable Aggregate of(String metricName) {
        for (Aggregate aggregate : ALL) {
            if (aggregate.metricName().equals(metricName)) {
                return aggregate;
            }
        }
        return null;
    }

    String metricName() {
        return metric.metricName() + way.suffix;
    }

    /**
     * Thousandths, rounded to the nearest.
     *
     * @param points at least one
     */
    int milli(List<Point> points) {
        IntStream values = points.stream().mapToInt(point -> point.milli(metric));
        return switch (way) {
            case AVERAGE -> (int) Math.round(values.average().orElseThrow());
            case MAXIMUM -> values.max().orElseThrow();
        };
    }
}
