package dev.enclavemetrics.contract;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's HTTP port, as the pod's annotations set it.
 *
 * @param number 1 to 65535, or 0 if the annotation is not a port
 * @param problem what is wrong with the annotations, without a remedy; empty if nothing is. With a
 *     valid number it is a warning: the two annotations differ.
 */
public record MetricsPort(int number, String problem) {

    public static final String KEY = "nitro.k8s.anjuna.io/metricsPort";

    /** Also accepted. If both are set, {@link #KEY} takes precedence. */
    public static final String OTHER_KEY = "anjuna.k8s.io/metricsPort";

    public static final List<String> KEYS = List.of(KEY, OTHER_KEY);

    /** The port without an annotation. */
    public static final int DEFAULT = 59_090;

    private static final MetricsPort BY_DEFAULT = new MetricsPort(DEFAULT, "");
    private static final Pattern NUMBER = Pattern.compile("0*\\d{1,5}");
    private static final int MAX = 65_535;
    private static final int MAX_QUOTED_CHARS = 20;

    /**
     * Applies the rule.
     *
     * @param annotations an annotation's value by its key, or null
     */
    public static MetricsPort of(Function<String, @Nullable String> annotations) {
        String first = annotations.apply(KEY);
        String second = annotations.apply(OTHER_KEY);
        String value = first == null ? second : first;
        if (value == null) {
            return BY_DEFAULT;
        }
        int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (number < 1 || number > MAX) {
            String key = first == null ? OTHER_KEY : KEY;
            return new MetricsPort(
                    0,
                    key + " must be a port from 1 to " + MAX + ", found \"" + quoted(value) + '"');
        }
        boolean differ = second != null && !second.equals(value);
        String problem =
                differ ? KEY + "=" + number + " overrides " + OTHER_KEY + "=" + quoted(second) : "";
        return new MetricsPort(number, problem);
    }

    private static String quoted(String value) {
        return value.length() > MAX_QUOTED_CHARS
                ? value.substring(0, MAX_QUOTED_CHARS) + "…"
                : value;
    }
}
