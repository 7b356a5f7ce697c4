package dev.enclavemetrics.webhook;

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
}
