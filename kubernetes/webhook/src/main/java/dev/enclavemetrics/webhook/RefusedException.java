package dev.enclavemetrics.webhook;

import dev.enclavemetrics.webhook.Verdict.Refusal;

/** An object that must be refused. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
