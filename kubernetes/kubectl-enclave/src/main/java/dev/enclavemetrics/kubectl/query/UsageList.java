package dev.enclavemetrics.kubectl.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The usages of all selected pods at one time.
 *
 * @param warnings about what is missing
 */
public record UsageList(Instant readAt, List<PodUsage> pods, List<String> warnings) {

    public UsageList {
        pods = List.copyOf(pods);
        warnings = List.copyOf(warnings);
    }

    public UsageList sorted(Comparator<PodUsage> order) {
        return new UsageList(readAt, pods.stream().sorted(order).toList(), warnings);
    }

    /**
     * Messages to show beside the pods.
     *
     * @param whenEmpty the message if there are no pods; may be empty
     */
    public List<String> notes(String whenEmpty) {
        List<String> notes = new ArrayList<>();
        if (pods.isEmpty() && !whenEmpty.isEmpty()) {
            notes.add(whenEmpty);
        }
        warnings.forEach(warning -> notes.add("Warning: " + warning));
        return notes;
    }
}
