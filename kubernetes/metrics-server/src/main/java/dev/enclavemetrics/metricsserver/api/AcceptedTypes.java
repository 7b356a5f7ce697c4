package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.bootstrap.MediaRange;
import dev.enclavemetrics.serving.http.Answer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of our media types an Accept header prefers (RFC 9110, 12.5.1). */
final class AcceptedTypes {

    private static final String DISCOVERY_GROUP = "apidiscovery.k8s.io";
    private static final String DISCOVERY_KIND = "APIGroupDiscoveryList";

    /** The preferred first. */
    private final List<MediaRange> ranges;

    /**
     * @param header null or empty: anything
     */
    AcceptedTypes(@Nullable String header) {
        String text = header == null || header.isBlank() ? "*/*" : header;
        ranges =
                MediaRange.parse(List.of(text)).stream()
                        .filter(range -> range.quality() > 0)
                        .sorted(Comparator.comparingDouble(MediaRange::quality).reversed())
                        .toList();
    }

    /** Whether plain JSON is accepted; another form of JSON, such as a Table, does not count. */
    boolean json() {
        return ranges.stream().anyMatch(AcceptedTypes::isPlainJson);
    }

    private static boolean isPlainJson(MediaRange range) {
        return switch (range.type()) {
            case Answer.JSON, "application/*", "*/*" -> range.parameter("as").isEmpty();
            default -> false;
        };
    }

    /** The version of aggregated discovery that is preferred to plain JSON, or empty. */
    String aggregatedDiscovery(List<String> versions) {
        for (MediaRange range : ranges) {
            if (isPlainJson(range)) {
                return "";
            }
            if (range.type().equals(Answer.JSON)
                    && range.parameter("g").equals(DISCOVERY_GROUP)
                    && range.parameter("as").equals(DISCOVERY_KIND)
                    && versions.contains(range.parameter("v"))) {
                return range.parameter("v");
            }
        }
        return "";
    }
}
