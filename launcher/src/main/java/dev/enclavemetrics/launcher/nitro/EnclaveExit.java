package dev.enclavemetrics.launcher.nitro;

/** What may become of an enclave that the launcher runs, and the exit code that tells it. */
public enum EnclaveExit {
    NOT_STARTED(3, "nitro-cli did not start the enclave"),
    NOT_READY(4, "the enclave was started and gave no heartbeat"),
    ENDED(5, "the enclave ended by itself"),
    LEFT_RUNNING(6, "the enclave could not be terminated after SIGTERM, and may still run");

    private final int code;
    private final String words;

    EnclaveExit(int code, String words) {
        this.code = code;
        this.words = words;
    }

    public int code() {
        return code;
    }

    /** What it means, in half a sentence. */
    public String message() {
        return words;
    }
}
