package dev.enclavemetrics.kubectl;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What comes first: the most, or the oldest. Pods without a value come last. */
enum PodOrder {
    CPU,
    MEMORY,
    AGE,
    NAME;

    Comparator<PodUsage> comparator() {
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

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
