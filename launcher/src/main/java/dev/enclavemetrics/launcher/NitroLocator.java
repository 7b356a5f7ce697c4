package dev.enclavemetrics.launcher;

import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Finds an enclave that somebody else has started, among those that nitro-cli tells of. */
final class NitroLocator implements EnclaveLocator {

    private final String name;
    private final int port;
    private final NitroCli nitro;

    /**
     * A locator by nitro-cli.
     *
     * @param name the enclave's name, or empty for the only one
     */
    NitroLocator(String name, int port, NitroCli nitro) {
        this.name = name;
        this.port = port;
        this.nitro = nitro;
    }

    @Override
    public Endpoint locate() throws IOException, InterruptedException {
        return new Endpoint.Vsock((int) choose(nitro.running()).cid(), port);
    }

    private NitroEnclave choose(List<NitroEnclave> running) throws IOException {
        List<NitroEnclave> named =
                running.stream().filter(e -> name.isEmpty() || e.name().equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        String names =
                running.stream().map(NitroEnclave::name).sorted().collect(Collectors.joining(", "));
        if (running.isEmpty()) {
            throw new IOException(
                    "nitro-cli tells of no running enclave; start it (nitro-cli run-enclave), it"
                            + " is looked for again");
        }
        if (named.isEmpty()) {
            throw new IOException(
                    "no running enclave has the name "
                            + name
                            + ", found "
                            + names
                            + "; correct --enclave=nitro:NAME");
        }
        throw new IOException(
                "exactly one running enclave must match, found "
                        + named.size()
                        + ": "
                        + names
                        + "; choose one with --enclave=nitro:NAME, or by --enclave=vsock:CID:PORT");
    }
}
