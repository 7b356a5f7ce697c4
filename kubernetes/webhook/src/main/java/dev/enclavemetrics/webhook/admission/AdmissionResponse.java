package dev.enclavemetrics.webhook.admission;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.http.StatusReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The response to one request (admission.k8s.io/v1, AdmissionResponse).
 *
 * @param operations a JSON patch (RFC 6902), empty for none
 * @param warnings for the user who sent the object
 * @param audit annotations for the audit log
 * @param refusal why the object is refused, or null if it is allowed
 */
public record AdmissionResponse(
        JsonNode operations,
        List<String> warnings,
        Map<String, String> audit,
        @Nullable Refusal refusal) {

    /**
     * A refusal.
     *
     * @param message what must hold, what was found, and the remedy
     */
    public record Refusal(StatusReason reason, String message) {

        private static final int MAX_CHARACTERS = 4_000;

        public Refusal {
            message = Log.shortened(Log.oneLine(message), MAX_CHARACTERS);
        }
    }

    public AdmissionResponse {
        warnings = List.copyOf(warnings);
        audit = Map.copyOf(audit);
    }

    /** Allows the object, changed by the patch. */
    public static AdmissionResponse patched(
            JsonPatch patch, Warnings warnings, Map<String, String> audit) {
        return new AdmissionResponse(patch.operations(), warnings.list(), audit, null);
    }

    /** Allows the object as it is. */
    public static AdmissionResponse allowed() {
        return allowed(List.of());
    }

    public static AdmissionResponse allowed(List<String> warnings) {
        return new AdmissionResponse(
                JsonNodeFactory.instance.arrayNode(), warnings, Map.of(), null);
    }

    public static AdmissionResponse refused(
            StatusReason reason, String message, List<String> warnings) {
        return new AdmissionResponse(
                JsonNodeFactory.instance.arrayNode(),
                warnings,
                Map.of(),
                new Refusal(reason, message));
    }
}
