package dev.enclavemetrics.frame;

/** Bytes that are not a frame. The message names the field, what must hold and the value found. */
public final class MalformedFrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }
}
