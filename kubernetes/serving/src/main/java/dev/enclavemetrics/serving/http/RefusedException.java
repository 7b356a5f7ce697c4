package dev.enclavemetrics.serving.http;

/** A request, or an object in it, that is refused. The message is for the client. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusReason reason;

    /**
     * A refusal.
     *
     * @param message what must hold, what was found, and the remedy
     */
    public RefusedException(StatusReason reason, String message) {
        super(message, null, false, false); // a client's mistake: a stack trace does not help
        this.reason = reason;
    }

    public StatusReason reason() {
        return reason;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
