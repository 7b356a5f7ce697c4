package dev.enclavemetrics.serving.cluster;

/**
 * What a failure of the Kubernetes client goes back to: its own words are "An error has occurred."
 */
final class RootCause {

    private static final int MAX_DEPTH = 100; // of a chain that is a ring

    private RootCause() {}

    static Throwable of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_DEPTH && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
