package dev.enclavemetrics.agent.application;

/**
 * A condition on a label, as in PromQL. A label that is absent is the same as an empty one.
 *
 * @param label its name
 * @param value that it must have, or must not have
 * @param equal which of the two
 */
public record LabelMatcher(String label, String value, boolean equal) {

    /** The value as an exposition writes it. */
    String escapedValue() {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '"' -> escaped.append("\\\"");
                case '\n' -> escaped.append("\\n");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
