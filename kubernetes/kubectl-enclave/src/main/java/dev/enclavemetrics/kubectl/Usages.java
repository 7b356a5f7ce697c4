package dev.enclavemetrics.kubectl;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that one look at the cluster gave.
 *
 * @param warnings what is not shown, and why
 */
record Usages(Instant readAt, List<PodUsage> pods, List<String> warnings) {

    Usages {
        pods = List.copyOf(pods);
        warnings = List.copyOf(warnings);
    }

    Usages sorted(Comparator<PodUsage> order) {
        return new Usages(readAt, pods.stream().sorted(order).toList(), warnings);
    }

    /**
     * What there is to say beside the pods.
     *
     * @param whenEmpty if there are none; may be empty
     */
    List<String> remarks(String whenEmpty) {
        List<String> remarks = new ArrayList<>();
        if (pods.isEmpty() && !whenEmpty.isEmpty()) {
            remarks.add(whenEmpty);
        }
        warnings.forEach(warning -> remarks.add("Warning: " + warning));
        return remarks;
    }
}
