package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.metricsserver.store.ApplicationValues;
import dev.enclavemetrics.metricsserver.store.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the launcher's JSON from an untrusted peer. Both usages are required; without a timestamp
 * the time of arrival is used; unknown keys are ignored. An invalid application metric is left out;
 * the pod's usages are kept.
 */
final class LauncherJson {

    private static final String TIMESTAMP = "timestamp";
    private static final String WINDOW = "window_seconds";

    /** The agent's default window, for launchers that send none. */
    private static final int DEFAULT_WINDOW_SECONDS = 15;

    /**
     * An agent samples at least once a minute, and a launcher serves a value for three intervals.
     */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private static final Duration MAX_AHEAD = Duration.ofMinutes(1);

    private static final int MAX_NUMBER_CHARS = 40;
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_STRING_CHARS = 8 * 1024;
    private static final int MAX_DEPTH = 8;

    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(MAX_NUMBER_CHARS)
                                    .maxNameLength(MAX_NAME_CHARS)
                                    .maxStringLength(MAX_STRING_CHARS)
                                    .maxNestingDepth(MAX_DEPTH)
                                    .build())
                    .build();

    private @Nullable Integer cpuMilli;
    private @Nullable Integer memoryMilli;
    private @Nullable Instant timestamp;
    private int windowSeconds = DEFAULT_WINDOW_SECONDS;

    /** Empty and shared while there is none. */
    private Map<String, Double> application = Map.of();

    private boolean valueIgnored;

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
                return ScrapeResult.failure("BadJson", "nothing may follow the JSON object");
            }
        } catch (LauncherValue.BadValueException e) {
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
            return ScrapeResult.failure("BadValue", absent.metricName() + " is missing");
        }
        Instant given = timestamp;
        boolean plausible =
                given != null
                        && given.isAfter(receivedAt.minus(MAX_AGE))
                        && given.isBefore(receivedAt.plus(MAX_AHEAD));
        Instant sampledAt = given != null && plausible ? given : receivedAt;
        return ScrapeResult.of(
                new Point(
                        cpuMilli,
                        memoryMilli,
                        sampledAt,
                        windowSeconds,
                        ApplicationValues.of(application)),
                given != null && !plausible,
                valueIgnored);
    }

    private void property(JsonParser json, String name) throws LauncherValue.BadValueException {
        JsonToken value = json.nextToken();
        if (name.equals(EnclaveMetric.CPU_USAGE.metricName())) {
            cpuMilli = LauncherValue.milli(json, name);
        } else if (name.equals(EnclaveMetric.MEMORY_USAGE.metricName())) {
            memoryMilli = LauncherValue.milli(json, name);
        } else if (name.equals(WINDOW)) {
            windowSeconds = LauncherValue.windowSeconds(json, name);
        } else if (name.equals(TIMESTAMP)) {
            timestamp = LauncherValue.time(json, name);
        } else if (name.startsWith(ApplicationMetric.PREFIX)) {
            applicationValue(json, name);
        } else if (value.isStructStart()) {
            json.skipChildren();
        }
    }

    private void applicationValue(JsonParser json, String name) {
        double value = LauncherValue.any(json);
        if (application.size() == ApplicationMetric.MAX_COUNT
                || !ApplicationMetric.isMetricName(name)
                || !ApplicationValues.isAllowed(value)) {
            valueIgnored = true;
            return;
        }
        if (application.isEmpty()) {
            application = new LinkedHashMap<>();
        }
        application.put(name, value + 0.0); // turns -0.0 into 0.0
    }
}
