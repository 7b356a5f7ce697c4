package dev.enclavemetrics.webhook;

import dev.enclavemetrics.webhook.Verdict.Refusal;
import org.jspecify.annotations.Nullable;

/** The port that a pod's annotations ask for, by the rules that the launcher has too. */
final class MetricsPort {

    static final String KEY = "nitro.k8s.anjuna.io/metricsPort";
    static final String OTHER_KEY = "anjuna.k8s.io/metricsPort";
    static final int DEFAULT = 59090;

    private static final int MAX = 65_535;
    private static final int MAX_DIGITS = 5;

    private MetricsPort() {}

    /**
     * Reads the port.
     *
     * @throws RefusedException that names a bad annotation, its value, and what to write
     */
    static int of(Annotations annotations, Warnings warnings) {
        String first = annotations.get(KEY);
        String second = annotations.get(OTHER_KEY);
        if (first != null && second != null && !first.equals(second)) {
            warnings.add(KEY + "=" + first + " wins over " + OTHER_KEY + "; remove one");
        }
        String key = first != null ? KEY : OTHER_KEY;
        @Nullable String value = first != null ? first : second;
        if (value == null) {
            return DEFAULT;
        }
        int port = number(value);
        if (port < 1 || port > MAX) {
            throw new RefusedException(
                    Refusal.invalid(
                            "annotation "
                                    + key
                                    + " must be a port from 1 to "
                                    + MAX
                                    + ", found \""
                                    + Words.shortened(value, 40)
                                    + "\"; correct it in the Pod template, or remove it for "
                                    + DEFAULT));
        }
        return port;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        String number = digits ? text.replaceFirst("^0+(?=.)", "") : "";
        return digits && number.length() <= MAX_DIGITS ? Integer.parseInt(number) : -1;
    }
}
