package dev.enclavemetrics.kubectl.query;

/**
 * Why a pod has no value, or that it has one.
 *
 * @param word in CamelCase, such as Fresh or NotReady; empty if unknown
 * @param message details, or empty
 */
public record Reason(String word, String message) {

    public static final Reason NONE = new Reason("", "");

    private static final String FRESH = "Fresh";
    private static final String PENDING = "Pending";

    /** The reason for a value that is not a usage. */
    static Reason badValue(IllegalArgumentException e) {
        return new Reason("BadValue", String.valueOf(e.getMessage()));
    }

    /** Whether the pod has not started, and its status does not say why. */
    boolean isPending() {
        return word.equals(PENDING);
    }

    /** Word and message for a table: empty if the value is fresh. */
    public String text() {
        if (word.equals(FRESH)) {
            return message.isEmpty() ? "" : word + ", " + message;
        }
        return message.isEmpty() ? word : word + ": " + message;
    }
}
