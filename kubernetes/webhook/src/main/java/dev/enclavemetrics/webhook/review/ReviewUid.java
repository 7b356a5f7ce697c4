package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.webhook.admission.Json;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the uid at the beginning of a review that cannot be read as a whole. The API server ignores
 * an answer without it, so its message would be lost.
 */
final class ReviewUid {

    private static final int READ_BYTES = 4096; // the API server writes request.uid first
    private static final int MAX_CHARACTERS = 100;

    private ReviewUid() {}

    /** The uid, or an empty text if there is none. */
    static String find(byte[] review) {
        byte[] beginning = Arrays.copyOf(review, Math.min(READ_BYTES, review.length));
        try (JsonParser parser = Json.MAPPER.createParser(beginning)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !goTo(parser, "request")) {
                return "";
            }
            if (parser.currentToken() != JsonToken.START_OBJECT || !goTo(parser, "uid")) {
                return "";
            }
            String uid = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
            return uid.length() <= MAX_CHARACTERS ? uid : "";
        } catch (JacksonException e) {
            return ""; // truncated before the uid
        }
    }

    /** Moves the parser to the value of a member of the current object. */
    private static boolean goTo(JsonParser parser, String name) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
