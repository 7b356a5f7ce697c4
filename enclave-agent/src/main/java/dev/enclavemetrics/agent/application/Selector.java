package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.frame.ApplicationMetric;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One metric of the setting application-metrics: the sum of the series of a name whose labels
 * match.
 *
 * @param name in the exposition
 * @param matchers all of which must hold
 */
public record Selector(String name, List<LabelMatcher> matchers) {

    private static final String TOTAL = "_total";
    private static final String PER_SECOND = "_per_second";

    /** The ends of the names of a counter's series, without which it has the name of its family. */
    private static final List<String> FAMILY_ENDS = List.of("_count", "_sum", "_bucket");

    public Selector {
        matchers = List.copyOf(matchers);
    }

    /** Whether it is a counter by its name, whatever its type. */
    boolean isTotal() {
        return name.endsWith(TOTAL);
    }

    /** The name under which it leaves the enclave, without the prefix. */
    String exportedName(boolean counter) {
        if (!counter) {
            return name;
        }
        return (isTotal() ? name.substring(0, name.length() - TOTAL.length()) : name) + PER_SECOND;
    }

    /** The longest name that it may leave under; the type of others than totals may change. */
    String longestName() {
        return exportedName(true);
    }

    int maxFrameBytes() {
        return ApplicationMetric.bytes(longestName().length());
    }

    /** The names of the families that may say its type. */
    List<String> families() {
        for (String end : FAMILY_ENDS) {
            if (name.endsWith(end) && name.length() > end.length()) {
                return List.of(name, name.substring(0, name.length() - end.length()));
            }
        }
        return List.of(name);
    }

    byte[] nameBytes() {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
