package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.SettingReader;
import java.util.List;
import java.util.Map;

/**
 * Where a pod's launcher serves, by the pod's annotations.
 *
 * @param number 1 to 65535, or 0 if the annotation is no port
 * @param problem what is wrong with the annotations, or empty
 */
record PodPort(int number, String problem) {

    static final int DEFAULT = 59_090;
    static final String KEY = "nitro.k8s.anjuna.io/metricsPort";
    static final String OTHER_KEY = "anjuna.k8s.io/metricsPort";

    /** The first that is there wins. */
    static final List<String> KEYS = List.of(KEY, OTHER_KEY);

    private static final PodPort USUAL = new PodPort(DEFAULT, "");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_QUOTED_CHARS = 20;

    static PodPort of(Map<String, String> annotations) {
        List<String> given = KEYS.stream().filter(annotations::containsKey).toList();
        if (given.isEmpty()) {
            return USUAL;
        }
        String key = given.get(0);
        String value = annotations.getOrDefault(key, "");
        int number = SettingReader.wholeNumber(value);
        if (number < 1 || number > MAX_PORT) {
            return new PodPort(
                    0, key + " must be a port from 1 to 65535, found \"" + quoted(value) + "\"");
        }
        String other = annotations.getOrDefault(OTHER_KEY, value);
        return new PodPort(
                number,
                other.equals(value)
                        ? ""
                        : KEY + "=" + value + " wins over " + OTHER_KEY + "=" + quoted(other));
    }

    private static String quoted(String value) {
        return value.length() > MAX_QUOTED_CHARS
                ? value.substring(0, MAX_QUOTED_CHARS) + "…"
                : value;
    }
}
