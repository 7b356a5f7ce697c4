package dev.enclavemetrics.kubectl.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** kubectl failed, or printed something unexpected. The message is for the user. */
public final class KubectlException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Pattern FROM_SERVER =
            Pattern.compile("Error from server \\((\\w+)\\): (.*)", Pattern.DOTALL);
    private static final Pattern PREFIX = Pattern.compile("^(error|Error from server): ");

    private static final String INTERRUPTED = "Interrupted"; // not a reason of the API server

    /** The reason of the API server's Status, such as NotFound, or empty. */
    private final String reason;

    private KubectlException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public KubectlException(String message) {
        this("", message);
    }

    /** A signal ended kubectl, such as Ctrl-C, which every process in the terminal gets. */
    static KubectlException interrupted() {
        return new KubectlException(INTERRUPTED, "kubectl was stopped by a signal");
    }

    /** The failure that kubectl wrote to its standard error. */
    static KubectlException ofOutput(String output) {
        String trimmed = output.strip();
        Matcher server = FROM_SERVER.matcher(trimmed);
        return server.matches()
                ? new KubectlException(server.group(1), server.group(2))
                : new KubectlException("", PREFIX.matcher(trimmed).replaceFirst(""));
    }

    /** The same failure with another message. */
    public KubectlException withMessage(String message) {
        return new KubectlException(reason, message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public boolean isInterrupted() {
        return reason.equals(INTERRUPTED);
    }

    public boolean isNotFound() {
        return reason.equals("NotFound");
    }

    public boolean isForbidden() {
        return reason.equals("Forbidden");
    }

    public boolean isUnavailable() {
        return reason.equals("ServiceUnavailable");
    }
}
