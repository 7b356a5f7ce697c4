package dev.enclavemetrics.webhook;

import java.util.Locale;

/** Makes a user's words fit for messages. */
final class Words {

    private Words() {}

    static String shortened(String text, int mostCharacters) {
        if (text.length() <= mostCharacters) {
            return text;
        }
        int end = mostCharacters - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--; // never half a character
        }
        return text.substring(0, end) + "…";
    }

    /** Without what would end the line or steer a terminal. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                default -> line.append(c);
            }
        }
        return line.toString();
    }
}
