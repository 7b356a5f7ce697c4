package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.serving.http.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media types of an Accept header, the preferred first (RFC 9110, 12.5.1). */
final class AcceptedTypes {

    private record Range(String type, Map<String, String> parameters, double quality) {

        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        boolean accepts(String wanted, String group) {
            return type.equals(wanted) || type.equals("*/*") || type.equals(group);
        }
    }

    private static final Pattern QUALITY = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final int MAX_RANGES = 32;
    private static final String DISCOVERY_GROUP = "apidiscovery.k8s.io";
    private static final String DISCOVERY_KIND = "APIGroupDiscoveryList";

    private final List<Range> ranges = new ArrayList<>();

    /**
     * @param header null or empty: anything
     */
    AcceptedTypes(@Nullable String header) {
        String text = header == null || header.isBlank() ? "*/*" : header;
        for (String part : text.split(",", MAX_RANGES + 1)) {
            if (ranges.size() < MAX_RANGES) {
                ranges.add(range(part));
            }
        }
        ranges.removeIf(range -> range.quality() == 0);
        ranges.sort(Comparator.comparingDouble(Range::quality).reversed()); // stable
    }

    private static Range range(String text) {
        String[] parts = text.split(";", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name =
                    parts[i].substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            String value = parts[i].substring(equals + 1).strip();
            if (name.equals("q")) {
                quality = QUALITY.matcher(value).matches() ? Double.parseDouble(value) : 0;
            } else {
                parameters.put(name, value);
            }
        }
        return new Range(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality);
    }

    /** Whether plain JSON is accepted; another form of JSON, such as a Table, does not count. */
    boolean json() {
        return ranges.stream().anyMatch(AcceptedTypes::isPlainJson);
    }

    private static boolean isPlainJson(Range range) {
        return range.accepts(Answer.JSON, "application/*") && range.parameter("as").isEmpty();
    }

    /** The version of aggregated discovery that is preferred to plain JSON, or empty. */
    String aggregatedDiscovery(List<String> versions) {
        for (Range range : ranges) {
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
