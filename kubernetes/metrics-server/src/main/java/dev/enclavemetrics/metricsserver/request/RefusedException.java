package dev.enclavemetrics.metricsserver.request;

import dev.enclavemetrics.serving.StatusReason;

/** A request that is answered by a Status; its message is for the one who asked. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusReason reason;

    public RefusedException(StatusReason reason, String message) {
        super(message, null, false, false); // no event of ours, so no trace of it
        this.reason = reason;
    }

    public StatusReason reason() {
        return reason;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
