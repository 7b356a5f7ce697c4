package dev.enclavemetrics.serving.cluster;

/**
 * The root cause of a failure of the Kubernetes client, whose own message is "An error has
 * occurred."
 */
final class RootCause {

    private static final int MAX_DEPTH = 100; // in case the chain is a ring

    private RootCause() {}

    static Throwable of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_DEPTH && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
