package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.StatusReason;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Answers admission.k8s.io/v1 AdmissionReviews: the bytes of one in, the bytes of its answer out.
 * Whatever comes in, an answer goes out. Safe for several threads.
 */
final class AdmissionReviews {

    /** An answer takes a few times the memory of its review. Labelled objects have a few kB. */
    static final int MAX_BYTES = 2 << 20;

    static final String API_VERSION = "admission.k8s.io/v1";
    static final String KIND = "AdmissionReview";

    private static final String HPAS = "horizontalpodautoscalers.autoscaling";
    private static final String PODS = "pods.";
    private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE");

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
    Reviewed answer(byte[] review) {
        if (review.length > MAX_BYTES) {
            return refusal(
                    review,
                    StatusReason.TOO_LARGE,
                    "a review must have at most "
                            + MAX_BYTES
                            + " bytes, found more; make the object smaller, or remove the label "
                            + ManagedLabel.KEY);
        }
        try {
            JsonNode node = Json.MAPPER.readTree(review);
            JsonNode request = node.path("request");
            String uid = request.path("uid").stringValue("");
            if (!node.path("apiVersion").stringValue("").equals(API_VERSION)
                    || !node.path("kind").stringValue("").equals(KIND)
                    || uid.isEmpty()) {
                return malformed(review, "found another object, or one without a uid");
            }
            return new Reviewed(kind(request), verdict(request), uid);
        } catch (JacksonException e) {
            return malformed(review, e.getOriginalMessage());
        }
    }

    private static Reviewed malformed(byte[] review, String found) {
        return refusal(
                review,
                StatusReason.BAD_REQUEST,
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
                    StatusReason.INTERNAL_ERROR,
                    "the webhook failed (" + e + "); report it, with the object",
                    List.of());
        }
    }

    private Verdict judge(JsonNode request) {
        String operation = request.path("operation").stringValue("");
        if (!OPERATIONS.contains(operation)
                || !request.path("subResource").stringValue("").isEmpty()) {
            return Verdict.allowed(); // a rule that is wider than ours is no reason to refuse
        }
        return switch (name(request.path("resource"))) {
            case HPAS -> hpas.admit(AdmittedObject.of("HPA", request));
            case PODS -> pods.admit(AdmittedObject.of("Pod", request));
            default -> Verdict.allowed();
        };
    }

    private static Reviewed refusal(byte[] review, StatusReason reason, String message) {
        return new Reviewed(
                Reviewed.Kind.UNREADABLE,
                Verdict.refused(reason, message, List.of()),
                ReviewUid.find(review));
    }

    private static Reviewed.Kind kind(JsonNode request) {
        return switch (name(request.path("resource"))) {
            case HPAS -> Reviewed.Kind.HPA;
            case PODS -> Reviewed.Kind.POD;
            default -> Reviewed.Kind.OTHER;
        };
    }

    private static String name(JsonNode resource) {
        return resource.path("resource").stringValue("")
                + "."
                + resource.path("group").stringValue("");
    }
}
