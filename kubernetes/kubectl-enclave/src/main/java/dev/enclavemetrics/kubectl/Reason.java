package dev.enclavemetrics.kubectl;

/**
 * Why a pod has no value, or that it has one.
 *
 * @param word one CamelCase word, such as Fresh or NotReady; empty where nobody tells
 * @param message more of it, or empty
 */
record Reason(String word, String message) {

    static final Reason NONE = new Reason("", "");

    private static final String FRESH = "Fresh";

    /** Of a value that was told, but cannot be one. */
    static Reason badValue(IllegalArgumentException e) {
        return new Reason("BadValue", String.valueOf(e.getMessage()));
    }

    /** What there is to say beside the value: nothing if all is well. */
    String text() {
        if (word.equals(FRESH)) {
            return message.isEmpty() ? "" : word + ", " + message;
        }
        return message.isEmpty() ? word : word + ": " + message;
    }
}
