package dev.enclavemetrics.webhook;

import dev.enclavemetrics.webhook.Verdict.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers admission.k8s.io/v1 AdmissionReviews: the bytes of one in, the bytes of its answer out.
 * Whatever comes in, an answer goes out. Safe for several threads.
 */
final class AdmissionReviews {

    /** An answer takes a few times the memory of its review. Labelled objects have a few kB. */
    static final int MAX_BYTES = 2 << 20;

    private static final String API_VERSION = "admission.k8s.io/v1";
    private static final String KIND = "AdmissionReview";

    private final HpaAdmission hpas;
    private final PodAdmission pods;
    private final Log log;

    AdmissionReviews(HpaAdmission hpas, PodAdmission pods, Log log) {
        this.hpas = hpas;
        this.pods = pods;
        this.log = log;
    }

    /**
     * Answers a review.
     *
     * @param review its bytes; of one beyond {@link #MAX_BYTES} any beginning that is longer than
     *     that
     */
    byte[] answer(byte[] review) {
        if (review.length > MAX_BYTES) {
            return refusal(
                    review,
                    Refusal.tooLarge(
                            "a review must have at most "
                                    + MAX_BYTES
                                    + " bytes, found more; make the object smaller, or remove the"
                                    + " label "
                                    + ManagedLabel.KEY));
        }
        try {
            JsonNode node = Json.MAPPER.readTree(review);
            JsonNode request = node.path("request");
            String uid = request.path("uid").stringValue("");
            if (!node.path("apiVersion").stringValue("").equals(API_VERSION)
                    || !node.path("kind").stringValue("").equals(KIND)
                    || uid.isEmpty()) {
                return refusal(review, malformed("found another object, or one without a uid"));
            }
            return answer(uid, verdict(request));
        } catch (JacksonException e) {
            return refusal(review, malformed(e.getOriginalMessage()));
        }
    }

    private static Refusal malformed(String found) {
        return Refusal.badRequest(
                "the body must be an AdmissionReview of "
                        + API_VERSION
                        + ": "
                        + Words.shortened(found, 300)
                        + "; is it the API server that calls?");
    }

    private Verdict verdict(JsonNode request) {
        try {
            return judge(request);
        } catch (RuntimeException e) {
            // A bug of ours. The object's sender learns of it, and the server lives on.
            log.error("the review " + request.path("uid") + " failed: " + e);
            return Verdict.refused(
                    new Refusal(
                            500,
                            "InternalError",
                            "the webhook failed (" + e + "); report it, with the object"));
        }
    }

    private Verdict judge(JsonNode request) {
        JsonNode resource = request.path("resource");
        String name =
                resource.path("resource").stringValue("")
                        + "."
                        + resource.path("group").stringValue("");
        boolean update = request.path("operation").stringValue("").equals("UPDATE");
        boolean create = request.path("operation").stringValue("").equals("CREATE");
        if ((!update && !create) || !request.path("subResource").stringValue("").isEmpty()) {
            return Verdict.allowed(); // a rule that is wider than ours is no reason to refuse
        }
        String namespace = request.path("namespace").stringValue("");
        JsonNode object = request.path("object");
        JsonNode old = request.path("oldObject");
        return switch (name) {
            case "horizontalpodautoscalers.autoscaling" ->
                    hpas.admit(new AdmittedObject("HPA", update, object, old, namespace));
            case "pods." -> pods.admit(new AdmittedObject("Pod", update, object, old, namespace));
            default -> Verdict.allowed();
        };
    }

    private static byte[] refusal(byte[] review, Refusal refusal) {
        return answer(ReviewUid.find(review), Verdict.refused(refusal));
    }

    private static byte[] answer(String uid, Verdict verdict) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("apiVersion", API_VERSION).put("kind", KIND);
        ObjectNode response = answer.putObject("response");
        response.put("uid", uid).put("allowed", verdict.refusal() == null);
        Refusal refusal = verdict.refusal();
        if (refusal != null) {
            response.putObject("status")
                    .put("status", "Failure")
                    .put("code", refusal.code())
                    .put("reason", refusal.reason())
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
