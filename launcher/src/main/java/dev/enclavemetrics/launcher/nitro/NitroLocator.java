package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Finds an enclave that the launcher did not start, among those that nitro-cli reports. */
final class NitroLocator implements EnclaveLocator {

    private final String name;
    private final int port;
    private final NitroCli nitro;
    private final Log log;
    private String warned = "";

    /**
     * A locator by nitro-cli.
     *
     * @param name the enclave's name, or empty for the only one
     */
    NitroLocator(String name, int port, NitroCli nitro, Log log) {
        this.name = name;
        this.port = port;
        this.nitro = nitro;
        this.log = log;
    }

    @Override
    public Endpoint locate() throws IOException, InterruptedException {
        return new Endpoint.Vsock((int) choose(nitro.running()).cid(), port);
    }

    private NitroEnclave choose(NitroCli.Running found) throws IOException {
        List<NitroEnclave> running = found.enclaves();
        List<NitroEnclave> named =
                running.stream().filter(e -> name.isEmpty() || e.name().equals(name)).toList();
        String missing = found.missing() == null ? "" : Log.message(found.missing());
        if (!missing.isEmpty() && (name.isEmpty() || named.isEmpty())) {
            // The only enclave that is shown may belong to another pod.
            throw new IOException(
                    missing
                            + (name.isEmpty()
                                    ? "; set --enclave=nitro:NAME to choose one that it shows"
                                    : "; the enclave " + name + " is not among those it shows"));
        }
        if (named.size() == 1) {
            if (!missing.isEmpty() && !missing.equals(warned)) {
                log.warn(missing + "; it shows " + named.get(0) + ", which is used");
            }
            warned = missing;
            return named.get(0);
        }
        String names =
                running.stream().map(NitroEnclave::name).sorted().collect(Collectors.joining(", "));
        if (running.isEmpty()) {
            throw new IOException(
                    "nitro-cli reports no running enclave; start one (nitro-cli run-enclave), the"
                            + " launcher retries");
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
