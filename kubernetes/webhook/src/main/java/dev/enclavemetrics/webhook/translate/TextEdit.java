package dev.enclavemetrics.webhook.translate;

import java.util.Comparator;
import java.util.List;

/**
 * Replaces a part of a text.
 *
 * @param start index of its first character
 * @param end index after its last character
 */
record TextEdit(int start, int end, String replacement) {

    TextEdit {
        if (start < 0 || start > end) {
            throw new IllegalArgumentException(
                    "an edit must not end before its start, found " + start + " to " + end);
        }
    }

    /** Applies edits, which must not overlap, to a text. */
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
