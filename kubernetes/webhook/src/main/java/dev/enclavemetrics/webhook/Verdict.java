package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.StatusReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is answered about one object.
 *
 * @param operations an RFC 6902 patch, empty for none
 * @param warnings for whoever sent the object
 * @param audit for the audit log, by key
 * @param refusal why the object is refused, or null if it is allowed
 */
record Verdict(
        JsonNode operations,
        List<String> warnings,
        Map<String, String> audit,
        @Nullable Refusal refusal) {

    /**
     * A refusal.
     *
     * @param message what must hold, what was found, and the remedy
     */
    record Refusal(StatusReason reason, String message) {

        private static final int MAX_CHARACTERS = 4_000;

        Refusal {
            message = Words.shortened(Log.oneLine(message), MAX_CHARACTERS);
        }
    }

    Verdict {
        warnings = List.copyOf(warnings);
        audit = Map.copyOf(audit);
    }

    static Verdict allowed() {
        return allowed(List.of());
    }

    static Verdict allowed(List<String> warnings) {
        return new Verdict(JsonNodeFactory.instance.arrayNode(), warnings, Map.of(), null);
    }

    static Verdict refused(StatusReason reason, String message, List<String> warnings) {
        return new Verdict(
                JsonNodeFactory.instance.arrayNode(),
                warnings,
                Map.of(),
                new Refusal(reason, message));
    }
}
