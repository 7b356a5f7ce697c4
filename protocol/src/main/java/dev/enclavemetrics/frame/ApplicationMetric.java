package dev.enclavemetrics.frame;

/**
 * An application metric.
 *
 * @param name the name without the {@link #PREFIX}, see {@link #isName}
 * @param value a finite value
 */
public record ApplicationMetric(String name, double value) {

    /** The prefix of the exposed names, which separates them from all other metrics. */
    public static final String PREFIX = "nitro_enclave_app_";

    /** The maximum number of them in a frame. */
    public static final int MAX_COUNT = 16;

    /** The longest name, so that a name with its prefix and suffix stays readable. */
    public static final int MAX_NAME_CHARS = 100;

    /** The bytes that all of them together may take in a frame. */
    public static final int MAX_BYTES =
            FrameLayout.MAX_FRAME_BYTES
                    - FrameLayout.APPLICATION_OFFSET
                    - FrameLayout.CHECKSUM_BYTES;

    /**
     * Validates both.
     *
     * @throws MalformedFrameException naming the rule and the value found
     */
    public ApplicationMetric {
        if (!isName(name)) {
            throw new MalformedFrameException(
                    "the name of an application metric must be 1 to "
                            + MAX_NAME_CHARS
                            + " letters, digits and _, and not begin with a digit, found "
                            + printable(name));
        }
        if (!Double.isFinite(value)) {
            throw new MalformedFrameException(
                    "application metric " + name + " must be finite, found " + value);
        }
        value += 0.0; // turns -0.0 into 0.0
    }

    /** The name in the launcher's answers, in the Custom Metrics API and in HPAs. */
    public String metricName() {
        return PREFIX + name;
    }

    /** Whether this is the exposed name of such a metric. */
    public static boolean isMetricName(String metricName) {
        return metricName.startsWith(PREFIX) && isName(metricName.substring(PREFIX.length()));
    }

    /** The bytes that a metric with a name of this length takes in a frame. */
    public static int bytes(int nameChars) {
        return 1 + nameChars + Double.BYTES;
    }

    /**
     * Whether this is a name: by the rules of Prometheus, without the colon, which is reserved for
     * recording rules, and at most {@link #MAX_NAME_CHARS} long.
     */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** A hostile name must not get into a log as it is. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < name.length() && i < MAX_NAME_CHARS; i++) {
            char c = name.charAt(i);
            text.append(c > ' ' && c < 0x7F && c != '"' ? c : '?');
        }
        return text.append('"').toString();
    }
}
