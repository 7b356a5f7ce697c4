package dev.enclavemetrics.metricsserver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The launcher's JSON, as anybody may send it. Both usages must be there; without a time the answer
 * counts from its arrival, and keys that are not known are passed over.
 */
final class LauncherJson {

    private static final String TIMESTAMP = "timestamp";
    private static final String WINDOW = "window_seconds";
    private static final String REASON = "reason";

    /** The window of an agent by default; only for launchers that tell none. */
    private static final int DEFAULT_WINDOW_SECONDS = 15;

    /** An agent samples once a minute at least, and a launcher serves three intervals. */
    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private static final int MOST_NUMBER_CHARS = 40;
    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_STRING_CHARS = 8 * 1024;
    private static final int MOST_DEPTH = 8;
    private static final int MOST_REASON_CHARS = 40;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(MOST_NUMBER_CHARS)
                                    .maxNameLength(MOST_NAME_CHARS)
                                    .maxStringLength(MOST_STRING_CHARS)
                                    .maxNestingDepth(MOST_DEPTH)
                                    .build())
                    .build();

    /** A value that cannot be one; ends the reading. */
    private static final class BadValueException extends Exception {
        private static final long serialVersionUID = 1L;

        BadValueException(String message) {
            super(message, null, false, false);
        }
    }

    private @Nullable Integer cpuMilli;
    private @Nullable Integer memoryMilli;
    private @Nullable Instant timestamp;
    private int windowSeconds = DEFAULT_WINDOW_SECONDS;

    private LauncherJson() {}

    /**
     * Reads the body of a 200.
     *
     * @param receivedAt the time of the answer, by this server's clock
     */
    static ScrapeResult usage(byte[] body, Instant receivedAt) {
        LauncherJson read = new LauncherJson();
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return ScrapeResult.failure("BadJson", "the body must be a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                read.property(json, json.currentName());
            }
            if (json.nextToken() != null) {
                return ScrapeResult.failure("BadJson", "nothing must follow the JSON object");
            }
        } catch (BadValueException e) {
            return ScrapeResult.failure("BadValue", String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            return ScrapeResult.failure("BadJson", "the body must be JSON within the limits");
        }
        return read.result(receivedAt);
    }

    private ScrapeResult result(Instant receivedAt) {
        if (cpuMilli == null || memoryMilli == null) {
            EnclaveMetric absent =
                    cpuMilli == null ? EnclaveMetric.CPU_USAGE : EnclaveMetric.MEMORY_USAGE;
            return ScrapeResult.failure("BadValue", absent.wireName() + " is not there");
        }
        Instant told = timestamp;
        boolean sane =
                told != null
                        && told.isAfter(receivedAt.minus(MOST_AGE))
                        && told.isBefore(receivedAt.plus(MOST_AHEAD));
        Instant sampledAt = told != null && sane ? told : receivedAt;
        return ScrapeResult.of(
                new Point(cpuMilli, memoryMilli, sampledAt, windowSeconds), told != null && !sane);
    }

    private void property(JsonParser json, String name) throws BadValueException {
        JsonToken value = json.nextToken();
        if (name.equals(EnclaveMetric.CPU_USAGE.wireName())) {
            cpuMilli = milli(json, name);
        } else if (name.equals(EnclaveMetric.MEMORY_USAGE.wireName())) {
            memoryMilli = milli(json, name);
        } else if (name.equals(WINDOW)) {
            windowSeconds = windowSeconds(json);
        } else if (name.equals(TIMESTAMP)) {
            timestamp = time(json);
        } else if (value.isStructStart()) {
            json.skipChildren();
        }
    }

    private static int milli(JsonParser json, String name) throws BadValueException {
        double usage = number(json, name);
        if (!(usage >= 0 && usage <= 1)) {
            throw new BadValueException(name + " must be from 0 to 1, found " + usage);
        }
        // By its decimal digits: 0.0145 * 1000 is less than 14.5 as a double.
        return BigDecimal.valueOf(usage)
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    private static int windowSeconds(JsonParser json) throws BadValueException {
        double seconds = number(json, WINDOW);
        if (!(seconds > 0 && seconds <= Point.MOST_WINDOW_SECONDS)) {
            throw new BadValueException(WINDOW + " must be from 1 to 600, found " + seconds);
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

    private static Instant time(JsonParser json) throws BadValueException {
        try {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return OffsetDateTime.parse(json.getString()).toInstant();
            }
        } catch (DateTimeException e) {
            // told below, as any other that is no time
        }
        throw new BadValueException(TIMESTAMP + " must be a time as RFC 3339 writes it");
    }

    /** The reason in the body of another status: one word, or empty. */
    static String reason(byte[] body) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(REASON) && value == JsonToken.VALUE_STRING) {
                    return word(json.getString());
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            return ""; // no words of a peer that does not speak JSON
        }
        return "";
    }

    private static String word(String text) {
        boolean word =
                text.length() <= MOST_REASON_CHARS
                        && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        return word ? text : "";
    }
}
