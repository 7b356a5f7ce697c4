package dev.enclavemetrics.kubectl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** That kubectl failed, or that what it printed cannot be the answer. The message is for people. */
final class KubectlException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Pattern FROM_SERVER =
            Pattern.compile("Error from server \\((\\w+)\\): (.*)", Pattern.DOTALL);
    private static final Pattern PREFIX = Pattern.compile("^(error|Error from server): ");

    private static final String INTERRUPTED = "Interrupted"; // no word of the API server

    /** Of the API server's Status, such as NotFound; empty where it was something else. */
    private final String reason;

    private KubectlException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    KubectlException(String message) {
        this("", message);
    }

    /** That a signal ended kubectl, as Ctrl-C does with all that runs in a terminal. */
    static KubectlException interrupted() {
        return new KubectlException(INTERRUPTED, "kubectl was ended by a signal");
    }

    /** By what kubectl wrote to its standard error. */
    static KubectlException said(String words) {
        String trimmed = words.strip();
        Matcher server = FROM_SERVER.matcher(trimmed);
        return server.matches()
                ? new KubectlException(server.group(1), server.group(2))
                : new KubectlException("", PREFIX.matcher(trimmed).replaceFirst(""));
    }

    /** The same failure, in other words. */
    KubectlException withMessage(String message) {
        return new KubectlException(reason, message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    boolean isInterrupted() {
        return reason.equals(INTERRUPTED);
    }

    boolean isNotFound() {
        return reason.equals("NotFound");
    }

    boolean isForbidden() {
        return reason.equals("Forbidden");
    }

    boolean isUnavailable() {
        return reason.equals("ServiceUnavailable");
    }
}
