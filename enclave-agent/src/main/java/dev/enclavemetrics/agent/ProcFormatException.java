package dev.enclavemetrics.agent;

/** A file of {@code /proc} that does not say what it must. There is no value then, never a zero. */
final class ProcFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProcFormatException(String message) {
        super(message);
    }
}
