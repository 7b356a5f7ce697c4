package dev.enclavemetrics.launcher;

import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;

/** Tells where to dial. Asked before each dial, since a restarted enclave has another CID. */
interface EnclaveLocator {

    /**
     * Where the agent listens now.
     *
     * @throws IOException that says what to do
     */
    Endpoint locate() throws IOException, InterruptedException;

    /** The locator of an address: the address itself, or nitro-cli. */
    static EnclaveLocator of(EnclaveAddress enclave, int port, String path) {
        if (enclave instanceof EnclaveAddress.Fixed fixed) {
            return fixed::endpoint;
        }
        return new NitroCli(((EnclaveAddress.Nitro) enclave).name(), port, new NitroCommand(path));
    }
}
