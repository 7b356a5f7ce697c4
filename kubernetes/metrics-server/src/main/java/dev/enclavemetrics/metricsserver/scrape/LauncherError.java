package dev.enclavemetrics.metricsserver.scrape;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The reason and message in the body of an error response. The peer is not trusted, so they may be
 * wrong.
 *
 * @param reason one word, or empty
 * @param message printable ASCII, or empty; limited only by the size of the peer's JSON
 */
record LauncherError(String reason, String message) {

    private static final int MAX_REASON_CHARS = 40;

    /** Reads a body; a key that is missing or malformed is empty. */
    static LauncherError of(byte[] body) {
        String reason = "";
        String message = "";
        try (JsonParser json = LauncherJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
            while (isObject && json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value != JsonToken.VALUE_STRING) {
                    json.skipChildren();
                } else if (name.equals("reason")) {
                    reason = checkedWord(json.getString());
                } else if (name.equals("error")) {
                    message = printable(json.getString());
                }
            }
        } catch (JacksonException e) {
            // what was read before the error is kept
        }
        return new LauncherError(reason, message);
    }

    private static String checkedWord(String text) {
        boolean word =
                text.length() <= MAX_REASON_CHARS
                        && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        return word ? text : "";
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                printable.setCharAt(i, '?');
            }
        }
        return printable.toString();
    }
}
