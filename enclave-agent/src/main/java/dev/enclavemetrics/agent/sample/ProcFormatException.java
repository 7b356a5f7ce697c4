package dev.enclavemetrics.agent.sample;

/** A file of {@code /proc} is malformed. Then there is no value, never a zero. */
public final class ProcFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProcFormatException(String message) {
        super(message);
    }
}
