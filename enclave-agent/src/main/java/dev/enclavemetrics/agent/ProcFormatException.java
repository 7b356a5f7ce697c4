package dev.enclavemetrics.agent;

/** A file of {@code /proc} is malformed. Then there is no value, never a zero. */
final class ProcFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProcFormatException(String message) {
        super(message);
    }
}
