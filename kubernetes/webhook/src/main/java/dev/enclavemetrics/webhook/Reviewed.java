package dev.enclavemetrics.webhook;

import dev.enclavemetrics.serving.StatusReason;
import dev.enclavemetrics.webhook.Verdict.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A review that was judged.
 *
 * @param uid by which the API server knows its review again
 */
record Reviewed(Kind kind, Verdict verdict, String uid) {

    /** What was reviewed. */
    enum Kind {
        HPA,
        POD,
        OTHER,
        UNREADABLE;

        /** As metrics have it. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of it, as metrics have it. */
    String outcome() {
        Refusal refusal = verdict.refusal();
        if (refusal != null) {
            return refusal.reason() == StatusReason.INTERNAL_ERROR ? "failed" : "refused";
        }
        return verdict.operations().isEmpty() ? "unchanged" : "patched";
    }

    /** The bytes of the answer, an AdmissionReview too. */
    byte[] answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("apiVersion", AdmissionReviews.API_VERSION).put("kind", AdmissionReviews.KIND);
        ObjectNode response = answer.putObject("response");
        response.put("uid", uid).put("allowed", verdict.refusal() == null);
        Refusal refusal = verdict.refusal();
        if (refusal != null) {
            response.putObject("status")
                    .put("status", "Failure")
                    .put("code", refusal.reason().code())
                    .put("reason", refusal.reason().text())
                    .put("message", refusal.message());
        } else if (!verdict.operations().isEmpty()) {
            byte[] patch = verdict.operations().toString().getBytes(StandardCharsets.UTF_8);
            response.put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(patch));
        }
        if (!verdict.warnings().isEmpty()) {
            verdict.warnings().forEach(response.putArray("warnings")::add);
        }
        if (!verdict.audit().isEmpty()) {
            ObjectNode audit = response.putObject("auditAnnotations");
            verdict.audit().forEach(audit::put);
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }
}
