package dev.enclavemetrics.serving.tls;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** The message for a failed call to the API server. */
final class ClusterProblem {

    private static final int MAX_CHARS = 500;

    private ClusterProblem() {}

    /**
     * The rule, what was found, and the remedy.
     *
     * @param subject the requested object
     * @param rights what must be granted for it, as a Role has it
     */
    static String message(String subject, KubernetesClientException failure, String rights) {
        String found =
                failure.getStatus() != null && failure.getStatus().getMessage() != null
                        ? failure.getStatus().getMessage()
                        : String.valueOf(failure.getMessage());
        found = found.substring(0, Math.min(found.length(), MAX_CHARS));
        return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? subject
                        + " must be allowed to this account, found: "
                        + found
                        + "; grant it "
                        + rights
                : subject + " must be reachable, found: " + found + "; retrying";
    }
}
