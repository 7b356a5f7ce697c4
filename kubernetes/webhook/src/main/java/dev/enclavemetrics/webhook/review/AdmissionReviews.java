package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Answers AdmissionReviews of admission.k8s.io/v1: takes the bytes of a review and returns the
 * response. Any input gets a response. Thread-safe.
 */
final class AdmissionReviews {

    /** An answer takes a few times the memory of its review. Labelled objects have a few kB. */
    static final int MAX_BYTES = 2 << 20;

    static final String API_VERSION = "admission.k8s.io/v1";
    static final String KIND = "AdmissionReview";

    private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE");

    private final Function<AdmissionRequest, AdmissionResponse> hpas;
    private final Function<AdmissionRequest, AdmissionResponse> pods;
    private final Log log;

    AdmissionReviews(
            Function<AdmissionRequest, AdmissionResponse> hpas,
            Function<AdmissionRequest, AdmissionResponse> pods,
            Log log) {
        this.hpas = hpas;
        this.pods = pods;
        this.log = log;
    }

    /**
     * Answers a review.
     *
     * @param review its bytes; if it has more than {@link #MAX_BYTES}, its beginning, longer than
     *     that
     */
    AnsweredReview answer(byte[] review) {
        if (review.length > MAX_BYTES) {
            return refused(
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
            ReviewedKind kind = ReviewedKind.of(request.path("resource"));
            return new AnsweredReview(kind, response(kind, request), uid);
        } catch (JacksonException e) {
            return malformed(review, e.getOriginalMessage());
        }
    }

    private static AnsweredReview malformed(byte[] review, String found) {
        return refused(
                review,
                StatusReason.BAD_REQUEST,
                "the body must be an AdmissionReview of "
                        + API_VERSION
                        + ": "
                        + Log.shortened(found, 300)
                        + "; is the client an API server?");
    }

    private static AnsweredReview refused(byte[] review, StatusReason reason, String message) {
        return new AnsweredReview(
                ReviewedKind.UNREADABLE,
                AdmissionResponse.refused(reason, message, List.of()),
                ReviewUid.find(review));
    }

    private AdmissionResponse response(ReviewedKind kind, JsonNode request) {
        if (!OPERATIONS.contains(request.path("operation").stringValue(""))
                || !request.path("subResource").stringValue("").isEmpty()) {
            return AdmissionResponse.allowed(); // the webhook configuration selects more than this
        }
        try {
            return switch (kind) {
                case HPA -> hpas.apply(AdmissionRequest.of("HPA", request));
                case POD -> pods.apply(AdmissionRequest.of("Pod", request));
                case OTHER, UNREADABLE -> AdmissionResponse.allowed();
            };
        } catch (RuntimeException | Error e) {
            // A bug. The user gets a message, and the server keeps running.
            log.error("the review " + request.path("uid") + " failed: " + e);
            return AdmissionResponse.refused(
                    StatusReason.INTERNAL_ERROR,
                    "the webhook failed (" + e + "); report it, with the object",
                    List.of());
        }
    }
}
