package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Log;
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

    /** The words for a dial that failed, with what is known of the enclave. */
    default String unreached(String failure) {
        return failure;
    }

    /** The locator of an enclave that somebody else starts: the address itself, or nitro-cli. */
    static EnclaveLocator of(EnclaveAddress.Found enclave, int port, String path, Log log) {
        if (enclave instanceof EnclaveAddress.Fixed fixed) {
            return fixed::endpoint;
        }
        NitroRunner command =
                new NitroCommand(
                        path,
                        Setting.ENCLAVE.flag() + "=nitro",
                        "install aws-nitro-enclaves-cli, or write --enclave=vsock:CID:PORT");
        String name = ((EnclaveAddress.Nitro) enclave).name();
        return new NitroLocator(name, port, new NitroCli(command), log);
    }
}
