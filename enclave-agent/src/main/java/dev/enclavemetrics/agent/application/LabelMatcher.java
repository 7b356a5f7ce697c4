package dev.enclavemetrics.agent.application;

/**
 * A condition on a label, as in PromQL. An absent label is the same as an empty one.
 *
 * @param label the label's name
 * @param value the value that the label must or must not have
 * @param equal whether the value must be equal
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
