package dev.enclavemetrics.launcher;

import dev.enclavemetrics.transport.Endpoint;

/** Which enclave it is: one that is there, or one that the launcher starts. */
sealed interface EnclaveAddress {

    /** How an enclave is named in {@code --enclave}. {@code toString()} is what is parsed. */
    sealed interface Found extends EnclaveAddress {}

    /** One that the launcher starts. */
    record Launched(EnclaveSpec spec, LaunchRules rules) implements EnclaveAddress {
        @Override
        public String toString() {
            return "the enclave of " + spec.image();
        }
    }

    /** An endpoint that does not change. */
    record Fixed(Endpoint endpoint) implements Found {

        public Fixed {
            if (endpoint instanceof Endpoint.Vsock vsock && vsock.cid() == Endpoint.ANY_CID) {
                throw new IllegalArgumentException(
                        "the enclave's own CID must be given (nitro-cli describe-enclaves shows"
                                + " it), found "
                                + endpoint);
            }
        }

        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    /**
     * The running enclave that nitro-cli tells of.
     *
     * @param name its name, or empty for the only one
     */
    record Nitro(String name) implements Found {
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
    static Found parse(String text) {
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
