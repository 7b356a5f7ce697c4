package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.webhook.admission.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * CPU and memory of a sidecar. Each may be absent.
 *
 * @param requests quantities by resource
 * @param limits quantities by resource
 */
public record SidecarResources(
        SortedMap<String, String> requests, SortedMap<String, String> limits) {

    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    static final List<String> NAMES = List.of(CPU, MEMORY);

    private static final Map<String, Pattern> FORMS =
            Map.of(
                    CPU, Pattern.compile("none|\\d{1,9}m?|\\d{1,6}\\.\\d{1,3}"),
                    MEMORY, Pattern.compile("none|\\d{1,15}([kMG]|[KMG]i)?"));

    public SidecarResources {
        requests = new TreeMap<>(requests);
        limits = new TreeMap<>(limits);
    }

    /** The form of a resource's values, {@code none} included. */
    public static Pattern form(String name) {
        return FORMS.getOrDefault(name, Pattern.compile("none"));
    }

    /** The resource whose request is above its limit, or null. */
    public @Nullable String aboveItsLimit() {
        for (String name : NAMES) {
            BigDecimal request = number(requests.get(name));
            BigDecimal limit = number(limits.get(name));
            if (request != null && limit != null && request.compareTo(limit) > 0) {
                return name;
            }
        }
        return null;
    }

    /** Whether a container with hugepages may have these: Kubernetes requires CPU or memory. */
    boolean goWithHugepages() {
        return !requests.isEmpty() || !limits.isEmpty();
    }

    /** A resource whose limit is not its request, as in a Guaranteed Pod; or null. */
    @Nullable String notGuaranteed() {
        for (String name : NAMES) {
            BigDecimal limit = number(limits.get(name));
            BigDecimal request = number(requests.getOrDefault(name, limits.get(name)));
            if (limit == null
                    || limit.signum() == 0
                    || request == null
                    || request.compareTo(limit) != 0) {
                return name;
            }
        }
        return null;
    }

    /** The larger of two quantities; the second may be absent. */
    static String larger(String one, @Nullable String other) {
        BigDecimal first = number(one);
        BigDecimal second = number(other);
        return other == null || first == null || second == null || second.compareTo(first) < 0
                ? one
                : other;
    }

    static @Nullable BigDecimal number(@Nullable String quantity) {
        return quantity == null
                ? null
                : Quantity.parse(JsonNodeFactory.instance.stringNode(quantity));
    }
}
