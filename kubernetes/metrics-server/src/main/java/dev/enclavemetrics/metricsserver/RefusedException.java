package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.serving.StatusReason;

/** A request that is answered by a Status; its message is for the one who asked. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusReason reason;

    RefusedException(StatusReason reason, String message) {
        super(message, null, false, false); // no event of ours, so no trace of it
        this.reason = reason;
    }

    StatusReason reason() {
        return reason;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
