package dev.enclavemetrics.webhook.review;

import dev.enclavemetrics.contract.ManagedLabel;
import java.nio.charset.StandardCharsets;

/**
 * Answers some reviews before the server starts. The first ones take most of a second, to load
 * classes, and the API server should not wait for that.
 */
final class WarmUp {

    private static final int TIMES = 50;

    private static final String REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "warm-up", "operation": "CREATE", "namespace": "default",
              "resource": %s, "object": %s}}
            """;

    private static final String HPA =
            """
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
             "metadata": {"name": "a", "labels": {"%s": "%s"}},
             "spec": {"maxReplicas": 5, "metrics": [
               {"type": "Resource", "resource": {"name": "cpu",
                "target": {"type": "Utilization", "averageUtilization": 75}}},
               {"type": "Resource", "resource": {"name": "memory",
                "target": {"type": "Utilization", "averageUtilization": 50}}}]}}
            """
                    .formatted(ManagedLabel.KEY, ManagedLabel.VALUE);

    private static final String POD =
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"generateName": "a-", "labels": {"%s": "%s"}},
             "spec": {"containers": [{"name": "a", "image": "a"}]}}
            """
                    .formatted(ManagedLabel.KEY, ManagedLabel.VALUE);

    private static final byte[] HPA_REVIEW =
            review(
                    "{\"group\": \"autoscaling\", \"version\": \"v2\","
                            + " \"resource\": \"horizontalpodautoscalers\"}",
                    HPA);
    private static final byte[] POD_REVIEW =
            review("{\"group\": \"\", \"version\": \"v1\", \"resource\": \"pods\"}", POD);

    private WarmUp() {}

    /**
     * Answers them.
     *
     * @return how many were patched
     */
    static int answer(AdmissionReviews reviews) {
        int patched = 0;
        for (int i = 0; i < TIMES; i++) {
            patched += patched(reviews, HPA_REVIEW) + patched(reviews, POD_REVIEW);
        }
        return patched;
    }

    private static int patched(AdmissionReviews reviews, byte[] review) {
        String answer = new String(reviews.answer(review).json(), StandardCharsets.UTF_8);
        return answer.contains("JSONPatch") ? 1 : 0;
    }

    private static byte[] review(String resource, String object) {
        return REVIEW.formatted(resource, object).getBytes(StandardCharsets.UTF_8);
    }
}
