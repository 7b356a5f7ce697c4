package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.bootstrap.Log;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wanted fields of a JSON object, by their paths. */
final class JsonFields {

    /** A field is absent or has another type. The message says which. */
    static final class WrongFieldException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongFieldException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final String where;
    private final Map<String, Object> values;

    JsonFields(String where, Map<String, Object> values) {
        this.where = where;
        this.values = values;
    }

    /** A required string. */
    String text(String field) {
        if (values.get(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw wrong(field, "a text");
    }

    /** A string, or the default without it. */
    String text(String field, String otherwise) {
        if (values.getOrDefault(field, otherwise) instanceof String text) {
            return text;
        }
        throw wrong(field, "a text");
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    /** A number of seconds, or 0 without one. */
    int seconds(String field) {
        Object value = values.get(field);
        if (value == null) {
            return 0;
        }
        if (value instanceof Long seconds && seconds >= 0 && seconds <= Integer.MAX_VALUE) {
            return seconds.intValue();
        }
        throw wrong(field, "a whole number of seconds");
    }

    Instant time(String field) {
        try {
            return OffsetDateTime.parse(text(field)).toInstant();
        } catch (DateTimeException e) {
            throw wrong(field, "a time in the form of RFC 3339");
        }
    }

    private WrongFieldException wrong(String field, String rule) {
        return new WrongFieldException(
                where + field + " must be " + rule + ", found " + shown(values.get(field)));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "none" : Log.shortened(value.toString(), 80);
    }
}
