package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.AdmissionResponse.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A review with its response.
 *
 * @param uid the request's, by which the API server matches the answer
 */
record AnsweredReview(ReviewedKind kind, AdmissionResponse response, String uid) {

    /** The value of the metrics' label. */
    String outcome() {
        Refusal refusal = response.refusal();
        if (refusal != null) {
            return refusal.reason() == StatusReason.INTERNAL_ERROR ? "failed" : "refused";
        }
        return response.operations().isEmpty() ? "unchanged" : "patched";
    }

    /** The answer, also an AdmissionReview, as JSON. */
    byte[] json() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", AdmissionReviews.API_VERSION).put("kind", AdmissionReviews.KIND);
        ObjectNode answer = review.putObject("response");
        answer.put("uid", uid).put("allowed", response.refusal() == null);
        Refusal refusal = response.refusal();
        if (refusal != null) {
            answer.putObject("status")
                    .put("status", "Failure")
                    .put("code", refusal.reason().code())
                    .put("reason", refusal.reason().text())
                    .put("message", refusal.message());
        } else if (!response.operations().isEmpty()) {
            byte[] patch = response.operations().toString().getBytes(StandardCharsets.UTF_8);
            answer.put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(patch));
        }
        if (!response.warnings().isEmpty()) {
            response.warnings().forEach(answer.putArray("warnings")::add);
        }
        if (!response.audit().isEmpty()) {
            ObjectNode audit = answer.putObject("auditAnnotations");
            response.audit().forEach(audit::put);
        }
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }
}
