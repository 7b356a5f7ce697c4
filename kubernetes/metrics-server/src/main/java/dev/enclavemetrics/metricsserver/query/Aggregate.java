package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.store.Point;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One number for several pods: a metric, and how its values are combined. */
record Aggregate(PodMetric metric, Way way) {

    enum Way {
        AVERAGE("_average"),
        MAXIMUM("_maximum");

        private final String suffix;

        Way(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The aggregate of this name; null if there can be none. */
    static @Nullable Aggregate of(String metricName) {
        for (Way way : Way.values()) {
            if (metricName.endsWith(way.suffix)) {
                int end = metricName.length() - way.suffix.length();
                PodMetric metric = PodMetric.of(metricName.substring(0, end));
                return metric == null ? null : new Aggregate(metric, way);
            }
        }
        return null;
    }

    /** All aggregates of a metric of pods, by their names. */
    static List<String> names(String podMetric) {
        return Arrays.stream(Way.values()).map(way -> podMetric + way.suffix).toList();
    }

    String metricName() {
        return metric.name() + way.suffix;
    }

    /**
     * The aggregate of the points' values, as a quantity.
     *
     * @param points at least one; each has a value
     */
    String quantity(List<Point> points) {
        DoubleStream values = points.stream().mapToDouble(metric::value);
        return metric.quantity(
                switch (way) {
                    case AVERAGE -> values.average().orElseThrow();
                    case MAXIMUM -> values.max().orElseThrow();
                });
    }
}
