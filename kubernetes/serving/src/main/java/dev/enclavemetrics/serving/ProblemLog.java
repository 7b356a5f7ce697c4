package dev.enclavemetrics.serving;

import dev.enclavemetrics.bootstrap.Log;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Something that is tried again and again: tells of a failure once, and of its end. */
final class ProblemLog {

    private static final int MAX_CHARS = 500;

    private final String subject;
    private final Log log;
    private volatile @Nullable String words;

    ProblemLog(String subject, Log log) {
        this.subject = subject;
        this.log = log;
    }

    String subject() {
        return subject;
    }

    /** What is wrong now, or null. */
    @Nullable String message() {
        return words;
    }

    void tell(String now) {
        String all = subject + " " + now;
        if (!all.equals(words)) {
            words = all;
            log.error(all);
        }
    }

    /**
     * Tells of what the API server refused, or of that there is none.
     *
     * @param rights what must be allowed for it, as a Role has it
     */
    void tell(KubernetesClientException failure, String rights) {
        String found =
                failure.getStatus() != null && failure.getStatus().getMessage() != null
                        ? failure.getStatus().getMessage()
                        : String.valueOf(failure.getMessage());
        found = found.substring(0, Math.min(found.length(), MAX_CHARS));
        boolean forbidden = failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        tell(
                forbidden
                        ? "must be allowed to this account, found: "
                                + found
                                + "; give it the rights "
                                + rights
                        : "must be within reach, found: " + found + "; trying again");
    }

    void over() {
        if (words != null) {
            words = null;
            log.info(subject + " is as it must be again");
        }
    }
}
