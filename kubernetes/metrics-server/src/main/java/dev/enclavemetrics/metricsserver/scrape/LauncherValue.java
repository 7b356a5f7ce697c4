package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.metricsserver.store.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads single values of the launcher's JSON, each at the parser's current token. */
final class LauncherValue {

    /** A value that is not allowed; ends the parsing. */
    static final class BadValueException extends Exception {
        private static final long serialVersionUID = 1L;

        BadValueException(String message) {
            super(message, null, false, false);
        }
    }

    private LauncherValue() {}

    static int milli(JsonParser json, String name) throws BadValueException {
        double usage = number(json, name);
        if (!(usage >= 0 && usage <= 1)) {
            throw new BadValueException(name + " must be from 0 to 1, found " + usage);
        }
        // By decimal digits: 0.0145 * 1000 is less than 14.5 as a double.
        return BigDecimal.valueOf(usage)
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    static int windowSeconds(JsonParser json, String name) throws BadValueException {
        double seconds = number(json, name);
        if (!(seconds > 0 && seconds <= Point.MAX_WINDOW_SECONDS)) {
            throw new BadValueException(name + " must be from 1 to 600, found " + seconds);
        }
        return (int) Math.max(1, Math.round(seconds)); // an agent may average over less
    }

    private static double number(JsonParser json, String name) throws BadValueException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isNumeric()) {
            throw new BadValueException(name + " must be a number, found " + token);
        }
        return json.getDoubleValue();
    }

    /** A number, or NaN for anything else, whose end the parser is moved to. */
    static double any(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token != null && token.isNumeric()) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return Double.NaN;
    }

    static Instant time(JsonParser json, String name) throws BadValueException {
        try {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return OffsetDateTime.parse(json.getString()).toInstant();
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw new BadValueException(name + " must be an RFC 3339 timestamp");
    }
}
