package dev.enclavemetrics.webhook;

import java.util.Comparator;
import java.util.List;

/**
 * A change of one stretch of a text.
 *
 * @param start the first character that goes
 * @param end the first one that stays
 */
record TextEdit(int start, int end, String replacement) {

    TextEdit {
        if (start < 0 || start > end) {
            throw new IllegalArgumentException(
                    "an edit must go forwards, found " + start + " to " + end);
        }
    }

    /** All of them on one text; they must not overlap. */
    static String apply(String text, List<TextEdit> edits) {
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        for (TextEdit edit :
                edits.stream().sorted(Comparator.comparingInt(TextEdit::start)).toList()) {
            result.append(text, from, edit.start()).append(edit.replacement());
            from = edit.end();
        }
        return result.append(text, from, text.length()).toString();
    }
}
