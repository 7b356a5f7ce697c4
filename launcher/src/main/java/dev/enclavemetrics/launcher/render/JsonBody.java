package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The JSON bodies of the HTTP contract, with their keys in a fixed order. */
public final class JsonBody {

    /** Finer than any agent's resolution; keeps a hostile number short. */
    private static final int MAX_DECIMALS = 9;

    /** Whole numbers with more digits get an exponent; a double has about as many. */
    private static final int MAX_DIGITS = 16;

    private static final long MS_PER_SECOND = 1000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    /** Writes the fields of an object. */
    public interface Fields {
        void write(JsonGenerator json);
    }

    private JsonBody() {}

    public static byte[] usage(ReceivedFrame received) {
        MetricsFrame frame = received.frame();
        return object(
                json -> {
                    json.writeNumberProperty(
                            Metric.CPU_USAGE.exposedName(), usage(frame.cpuUsage()));
                    json.writeNumberProperty(
                            Metric.MEMORY_USAGE.exposedName(), usage(frame.memoryUsage()));
                    json.writeStringProperty("timestamp", Timestamps.format(received.sampleTime()));
                    json.writeNumberProperty("window_seconds", seconds(frame.windowMs()));
                    for (ApplicationMetric metric : frame.application()) {
                        json.writeName(metric.metricName());
                        json.writeNumber(any(metric.value()));
                    }
                });
    }

    public static byte[] error(String message, String reason) {
        return object(
                json -> {
                    json.writeStringProperty("error", message);
                    json.writeStringProperty("reason", reason);
                });
    }

    /** The body of a successful probe. */
    public static byte[] passed(String probe) {
        return object(json -> json.writeBooleanProperty(probe, true));
    }

    public static byte[] object(Fields fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    /** Rounded for JSON. Not a double, which would be written as 1.0E-4 if it is small. */
    public static BigDecimal usage(double usage) {
        BigDecimal value =
                BigDecimal.valueOf(usage)
                        .setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        return value.scale() < 1 ? value.setScale(1) : value; // 0.0 and 1.0, not 0 and 1
    }

    /** Any finite number: whole ones without a fraction, an exponent only where it is shorter. */
    public static String any(double number) {
        BigDecimal value = BigDecimal.valueOf(number).stripTrailingZeros();
        boolean whole = value.scale() < 0 && value.precision() - value.scale() <= MAX_DIGITS;
        return (whole ? value.setScale(0) : value).toString();
    }

    /** In seconds, to 0.1 s, whole ones without a fraction. */
    public static BigDecimal seconds(long ms) {
        BigDecimal seconds =
                BigDecimal.valueOf(ms)
                        .divide(BigDecimal.valueOf(MS_PER_SECOND), 1, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
