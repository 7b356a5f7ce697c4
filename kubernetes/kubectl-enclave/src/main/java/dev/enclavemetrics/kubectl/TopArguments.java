package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.kubectl.query.PodUsage;
import dev.enclavemetrics.kubectl.show.DisplayOptions;
import dev.enclavemetrics.kubectl.show.PodOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code top}.
 *
 * @param namespace null for the namespace of the context; ignored if all namespaces are shown
 * @param labels a label selector, or empty
 * @param order null to order by namespace and name
 * @param display the output; its namespaces are all namespaces
 * @param connection kubectl's flags
 */
record TopArguments(
        @Nullable String namespace,
        String labels,
        @Nullable PodOrder order,
        DisplayOptions display,
        List<String> connection) {

    TopArguments {
        connection = List.copyOf(connection);
    }

    Comparator<PodUsage> comparator() {
        return order == null ? Comparator.comparing(PodUsage::pod) : order.comparator();
    }
}
