package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Log;
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

    /** An HTTP status that is an error, its Kubernetes reason, and words. */
    record Refusal(int code, String reason, String message) {

        private static final int MAX_CHARACTERS = 4_000;
        private static final int OUR_FAILURE = 500;

        Refusal {
            message = Words.shortened(Log.oneLine(message), MAX_CHARACTERS);
        }

        static Refusal invalid(String message) {
            return new Refusal(422, "Invalid", message);
        }

        static Refusal badRequest(String message) {
            return new Refusal(400, "BadRequest", message);
        }

        /** A bug of the webhook's. */
        static Refusal ownFailure(String message) {
            return new Refusal(OUR_FAILURE, "InternalError", message);
        }

        boolean isOurFailure() {
            return code == OUR_FAILURE;
        }

        static Refusal tooLarge(String message) {
            return new Refusal(413, "RequestEntityTooLarge", message);
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

    static Verdict refused(Refusal refusal) {
        return refused(refusal, List.of());
    }

    static Verdict refused(Refusal refusal, List<String> warnings) {
        return new Verdict(JsonNodeFactory.instance.arrayNode(), warnings, Map.of(), refusal);
    }
}
