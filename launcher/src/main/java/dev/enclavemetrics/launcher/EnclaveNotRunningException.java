package dev.enclavemetrics.launcher;

import java.io.IOException;

/** There is nothing to dial, for a reason that whoever runs the enclave has logged already. */
final class EnclaveNotRunningException extends IOException {

    private static final long serialVersionUID = 1;

    EnclaveNotRunningException(String message) {
        super(message);
    }
}
