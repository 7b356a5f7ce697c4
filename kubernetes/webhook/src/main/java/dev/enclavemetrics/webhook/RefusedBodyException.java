package dev.enclavemetrics.webhook;

import dev.enclavemetrics.serving.StatusReason;

/** A request's body that is not read to its end. */
final class RefusedBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusReason reason;
    private final String words;

    RefusedBodyException(StatusReason reason, String words) {
        super(words, null, false, false); // no event of ours, so nobody needs its place
        this.reason = reason;
        this.words = words;
    }

    StatusReason reason() {
        return reason;
    }

    String message() {
        return words;
    }
}
