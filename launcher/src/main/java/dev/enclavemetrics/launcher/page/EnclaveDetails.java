package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.render.JsonBody;
import tools.jackson.core.JsonGenerator;

/** Writes the health and application metrics of an enclave in an event. */
final class EnclaveDetails {

    private EnclaveDetails() {}

    /** Writes the metrics that the frame has; an old agent sends none. */
    static void write(JsonGenerator json, MetricsFrame frame) {
        if (!frame.health().isEmpty()) {
            json.writeObjectPropertyStart("health");
            for (HealthField field : HealthField.ALL) {
                Long value = frame.health().get(field);
                String name = name(field);
                if (value != null && !name.isEmpty()) {
                    json.writeNumberProperty(name, value);
                }
            }
            json.writeEndObject();
        }
        if (!frame.application().isEmpty()) {
            json.writeArrayPropertyStart("application");
            for (ApplicationMetric metric : frame.application()) {
                json.writeStartArray();
                json.writeString(metric.name());
                json.writeNumber(JsonBody.any(metric.value()));
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    /** The name in the event; empty for stall times, since the page shows no rates. */
    private static String name(HealthField field) {
        return switch (field) {
            case THREADS_RUNNABLE -> "threadsRunnable";
            case THREADS_BLOCKED -> "threadsBlocked";
            case OOM_KILLS -> "oomKills";
            case FILES_OPEN -> "filesOpen";
            default -> "";
        };
    }
}
