package dev.enclavemetrics.launcher.nitro;

/** How running an enclave can fail, and the launcher's exit code for it. */
public enum EnclaveExitCode {
    NOT_STARTED(3, "nitro-cli did not start the enclave"),
    NOT_READY(4, "the enclave was started but sent no heartbeat"),
    ENDED(5, "the enclave exited by itself"),
    LEFT_RUNNING(6, "the enclave could not be terminated after SIGTERM and may still be running");

    private final int code;
    private final String message;

    EnclaveExitCode(int code, String message) {
        this.code = code;
        this.message = message;
    }

    public int code() {
        return code;
    }

    /** A description, without a period. */
    public String message() {
        return message;
    }
}
