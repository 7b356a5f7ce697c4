package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.transport.Endpoint;

/** Which enclave to connect to: one that already runs, or one that the launcher starts. */
public sealed interface EnclaveAddress {

    /**
     * Finds it, or runs it.
     *
     * @param port the agent's vsock port, where nitro-cli reports only the CID
     * @param path folders with nitro-cli, as in the environment variable PATH
     */
    EnclaveLocator locator(int port, String path, Log log);

    /** One that the launcher starts. */
    record Launched(EnclaveSpec spec, LaunchConfig config) implements EnclaveAddress {

        @Override
        public EnclaveLocator locator(int port, String path, Log log) {
            return EnclaveSupervisor.of(this, path, log);
        }

        @Override
        public String toString() {
            return "the enclave of " + spec.image();
        }
    }

    /** An endpoint that does not change. */
    record Fixed(Endpoint endpoint) implements EnclaveAddress {

        public Fixed {
            if (endpoint instanceof Endpoint.Vsock vsock && vsock.cid() == Endpoint.ANY_CID) {
                throw new IllegalArgumentException(
                        "the enclave's own CID must be given (nitro-cli describe-enclaves shows"
                                + " it), found "
                                + endpoint);
            }
        }

        @Override
        public EnclaveLocator locator(int port, String path, Log log) {
            return this::endpoint;
        }

        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    /**
     * The running enclave that nitro-cli reports.
     *
     * @param name its name, or empty for the only one
     */
    record Nitro(String name) implements EnclaveAddress {

        @Override
        public EnclaveLocator locator(int port, String path, Log log) {
            NitroCliRunner command =
                    new NitroCliProcess(
                            path,
                            "--enclave=nitro",
                            "install aws-nitro-enclaves-cli, or write --enclave=vsock:CID:PORT");
            return new NitroLocator(name, port, new NitroCli(command), log);
        }

        @Override
        public String toString() {
            return name.isEmpty() ? SCHEME : SCHEME + ":" + name;
        }
    }

    String SCHEME = "nitro";

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException that says what must hold and what was found
     */
    static EnclaveAddress parse(String text) {
        if (text.equals(SCHEME)) {
            return new Nitro("");
        }
        if (text.startsWith(SCHEME + ":")) {
            String name = text.substring(SCHEME.length() + 1);
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "a name must follow nitro: (or write nitro, for the only enclave), found "
                                + text);
            }
            return new Nitro(name);
        }
        try {
            return new Fixed(Endpoint.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; or write nitro[:NAME]", e);
        }
    }
}
