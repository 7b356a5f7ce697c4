package dev.enclavemetrics.launcher.receive;

import java.io.IOException;

/** There is no enclave to dial. The reason has been logged already. */
public final class EnclaveNotRunningException extends IOException {

    private static final long serialVersionUID = 1;

    public EnclaveNotRunningException(String message) {
        super(message);
    }
}
