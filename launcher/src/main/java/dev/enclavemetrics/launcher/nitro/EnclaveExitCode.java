package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.frame.Ending;
import org.jspecify.annotations.Nullable;

/** How running an enclave can fail, and the launcher's exit code for it. */
public enum EnclaveExitCode {
    NOT_STARTED(3, "nitro-cli did not start the enclave"),
    NOT_READY(4, "the enclave was started but sent no heartbeat"),
    ENDED(
            5,
            "the enclave exited by itself; the exit code of its command is unknown, or from 1 to"
                    + " 6"),
    LEFT_RUNNING(6, "the enclave could not be terminated after SIGTERM and may still be running");

    /** The number that shells add to the signal that killed a command. */
    private static final int SIGNAL = 128;

    private final int code;
    private final String message;

    EnclaveExitCode(int code, String message) {
        this.code = code;
        this.message = message;
    }

    public int code() {
        return code;
    }

    /**
     * The launcher's exit code after the enclave has exited: that of its command, as a shell
     * reports it, if it is known and is not one of the launcher's own.
     */
    static int of(@Nullable Ending ending) {
        if (ending == null) {
            return ENDED.code;
        }
        int code = ending.kind() == Ending.Kind.KILLED ? SIGNAL + ending.code() : ending.code();
        return code >= 1 && code <= LEFT_RUNNING.code ? ENDED.code : code;
    }

    /** A description, without a period. */
    public String message() {
        return message;
    }
}
