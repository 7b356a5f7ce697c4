package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.Annotations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of a Pod's annotations. An invalid one is refused, with its name. */
final class PodAnnotation {

    private static final int MAX_DIGITS = 10;

    private PodAnnotation() {}

    /**
     * A whole number.
     *
     * @param condition when the annotation is required, for the message; may be empty
     */
    static int number(String key, @Nullable String text, String condition, int min, int max) {
        long number = -1;
        if (text != null
                && !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            number = Long.parseLong(text);
        }
        if (number < min || number > max) {
            String rule = "be a whole number from " + min + " to " + max + condition;
            throw refused(key, rule, text);
        }
        return (int) number;
    }

    /** One of the values, or null without the annotation. */
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
                        + (found == null ? "none" : "\"" + Log.shortened(found, 120) + "\"")
                        + "; correct it in the Pod template");
    }
}
