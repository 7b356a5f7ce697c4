package dev.enclavemetrics.webhook;

import dev.enclavemetrics.serving.RefusedException;
import dev.enclavemetrics.serving.StatusReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of a Pod's annotations, and refuses bad ones by name. */
final class PodAnnotation {

    private static final int MAX_DIGITS = 10;

    private PodAnnotation() {}

    /**
     * A whole number.
     *
     * @param condition where the number is needed, for the message, or nothing
     */
    static int number(String key, @Nullable String text, String condition, int least, int most) {
        long number = -1;
        if (text != null
                && !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            number = Long.parseLong(text);
        }
        if (number < least || number > most) {
            String rule = "be a whole number from " + least + " to " + most + condition;
            throw refused(key, rule, text);
        }
        return (int) number;
    }

    /** One of some values, or null if there is none. */
    static @Nullable String choice(Annotations annotations, String key, List<String> values) {
        String text = annotations.get(key);
        if (text != null && !values.contains(text)) {
            throw refused(key, "be " + String.join(" or ", values), text);
        }
        return text;
    }

    static RefusedException refused(String key, String rule, @Nullable String found) {
        return new RefusedException(
                StatusReason.INVALID,
                "annotation "
                        + key
                        + " must "
                        + rule
                        + ", found "
                        + (found == null ? "none" : "\"" + Words.shortened(found, 120) + "\"")
                        + "; correct it in the Pod template");
    }
}
