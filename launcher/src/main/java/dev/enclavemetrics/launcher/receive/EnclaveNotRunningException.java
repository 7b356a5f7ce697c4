package dev.enclavemetrics.launcher.receive;

import java.io.IOException;

/** There is nothing to dial, for a reason that whoever runs the enclave has logged already. */
public final class EnclaveNotRunningException extends IOException {

    private static final long serialVersionUID = 1;

    public EnclaveNotRunningException(String message) {
        super(message);
    }
}
