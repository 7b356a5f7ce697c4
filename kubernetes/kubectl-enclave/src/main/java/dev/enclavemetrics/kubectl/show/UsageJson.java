package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.kubectl.query.PodUsage;
import dev.enclavemetrics.kubectl.query.Usage;
import dev.enclavemetrics.kubectl.query.UsageList;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** JSON for scripts. Unknown values are absent. */
final class UsageJson implements UsageFormat {

    /** Names are untrusted, and some characters beyond ASCII control a terminal. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final DefaultIndenter INDENTER = new DefaultIndenter("    ", "\n");

    /** The layout of kubectl. */
    private static final ObjectWriteContext PRETTY =
            new ObjectWriteContext.Base() {
                @Override
                public PrettyPrinter getPrettyPrinter() {
                    return new DefaultPrettyPrinter(
                                    Separators.createDefaultInstance()
                                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                            .withObjectEmptySeparator("")
                                            .withArrayEmptySeparator(""))
                            .withObjectIndenter(INDENTER)
                            .withArrayIndenter(INDENTER);
                }

                @Override
                public boolean hasPrettyPrinter() {
                    return true;
                }
            };

    private final boolean oneLine;

    /**
     * @param oneLine whether to write one line, so that a watch writes a line for each list
     */
    UsageJson(boolean oneLine) {
        this.oneLine = oneLine;
    }

    @Override
    public List<String> lines(UsageList usages) {
        StringWriter text = new StringWriter();
        ObjectWriteContext context = oneLine ? ObjectWriteContext.empty() : PRETTY;
        try (JsonGenerator json = FACTORY.createGenerator(context, text)) {
            json.writeStartObject();
            json.writeStringProperty("kind", "EnclaveUsageList");
            json.writeStringProperty("time", Timestamps.format(usages.readAt()));
            json.writeArrayPropertyStart("items");
            for (PodUsage pod : usages.pods()) {
                item(json, pod, usages.readAt());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return List.of(text.toString());
    }

    private static void item(JsonGenerator json, PodUsage pod, Instant now) {
        Usage usage = pod.usage();
        json.writeStartObject();
        json.writeStringProperty("namespace", pod.pod().namespace());
        json.writeStringProperty("name", pod.pod().name());
        number(json, "cpu", usage.cpu());
        number(json, "memory", usage.memory());
        if (!pod.metrics().isEmpty()) {
            json.writeObjectPropertyStart("metrics");
            new TreeMap<>(pod.metrics()).forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
        Instant sampledAt = usage.sampledAt();
        if (sampledAt != null) {
            json.writeStringProperty("timestamp", Timestamps.seconds(sampledAt));
            json.writeNumberProperty("ageSeconds", Duration.between(sampledAt, now).toSeconds());
        }
        if (usage.windowSeconds() > 0) {
            json.writeNumberProperty("windowSeconds", usage.windowSeconds());
        }
        text(json, "reason", pod.reason().word());
        text(json, "message", pod.reason().message());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Double value) {
        if (value != null) {
            json.writeNumberProperty(name, value);
        }
    }
}
