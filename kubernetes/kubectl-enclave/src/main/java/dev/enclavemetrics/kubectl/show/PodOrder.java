package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.kubectl.query.PodUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sort orders: largest or oldest first. Pods without a value come last. */
public enum PodOrder {
    CPU,
    MEMORY,
    AGE,
    NAME;

    public Comparator<PodUsage> comparator() {
        Comparator<PodUsage> order =
                switch (this) {
                    case CPU -> by(pod -> pod.usage().cpu(), Comparator.<Double>reverseOrder());
                    case MEMORY ->
                            by(pod -> pod.usage().memory(), Comparator.<Double>reverseOrder());
                    case AGE ->
                            by(pod -> pod.usage().sampledAt(), Comparator.<Instant>naturalOrder());
                    case NAME -> Comparator.comparing(pod -> pod.pod().name());
                };
        return order.thenComparing(PodUsage::pod);
    }

    private static <T> Comparator<PodUsage> by(
            Function<PodUsage, @Nullable T> key, Comparator<T> order) {
        return Comparator.comparing(key, Comparator.nullsLast(order));
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
