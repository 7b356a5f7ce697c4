package dev.enclavemetrics.kubectl;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code top} is to do.
 *
 * @param namespace null for that of the context
 * @param everywhere whether all namespaces are meant
 * @param labels a selector, or empty
 * @param order null for that of namespaces and names
 * @param interval between the rounds of a watch
 * @param connection kubectl's flags
 */
record TopArguments(
        @Nullable String namespace,
        boolean everywhere,
        String labels,
        Output output,
        @Nullable PodOrder order,
        boolean headers,
        boolean watch,
        Duration interval,
        List<String> connection) {

    /** How to write. */
    enum Output {
        TABLE,
        WIDE,
        JSON
    }

    TopArguments {
        connection = List.copyOf(connection);
    }

    Comparator<PodUsage> comparator() {
        return order == null ? Comparator.comparing(PodUsage::pod) : order.comparator();
    }

    UsageFormat format() {
        return output == Output.JSON
                ? new UsageJson(watch)
                : new UsageTable(new UsageTable.Layout(everywhere, output == Output.WIDE, headers));
    }
}
