package dev.enclavemetrics.launcher;

import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the enclave in what {@code nitro-cli describe-enclaves} prints: a JSON array with one
 * object an enclave (nitro-cli 1.5.0, {@code EnclaveDescribeInfo}).
 */
final class NitroCli implements EnclaveLocator {

    /** CIDs 0 to 3 are the hypervisor's, loopback's, and the two names of the parent. */
    private static final long LEAST_CID = 4;

    private static final long MOST_CID = 0xFFFF_FFFEL;
    private static final int QUOTED_CHARACTERS = 80;

    private static final JsonMapper JSON = new JsonMapper();

    /** One running enclave. */
    private record Enclave(String name, long cid) {}

    private final String name;
    private final int port;
    private final NitroCommand command;

    /**
     * A locator by nitro-cli.
     *
     * @param name the enclave's name, or empty for the only one
     */
    NitroCli(String name, int port, NitroCommand command) {
        this.name = name;
        this.port = port;
        this.command = command;
    }

    @Override
    public Endpoint locate() throws IOException, InterruptedException {
        Enclave enclave = choose(running(command.describeEnclaves()));
        return new Endpoint.Vsock((int) enclave.cid(), port);
    }

    private Enclave choose(List<Enclave> running) throws IOException {
        List<Enclave> named =
                running.stream().filter(e -> name.isEmpty() || e.name().equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        String names =
                running.stream().map(Enclave::name).sorted().collect(Collectors.joining(", "));
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

    private static List<Enclave> running(byte[] answer) throws IOException {
        JsonNode enclaves;
        try {
            enclaves = JSON.readTree(answer);
        } catch (JacksonException e) {
            throw malformed("a JSON array", answer);
        }
        if (!enclaves.isArray()) {
            throw malformed("a JSON array", answer);
        }
        List<Enclave> running = new ArrayList<>();
        for (JsonNode enclave : enclaves) {
            if (!enclave.path("State").isString()) {
                throw malformed("an array of objects with State", answer);
            }
            if (enclave.path("State").stringValue().equals("RUNNING")) {
                running.add(enclave(enclave, answer));
            }
        }
        return running;
    }

    private static Enclave enclave(JsonNode enclave, byte[] answer) throws IOException {
        JsonNode cid = enclave.path("EnclaveCID");
        if (!cid.isIntegralNumber()
                || !cid.canConvertToLong()
                || cid.longValue() < LEAST_CID
                || cid.longValue() > MOST_CID) {
            throw malformed("EnclaveCID from " + LEAST_CID + " to " + MOST_CID, answer);
        }
        String id = enclave.path("EnclaveID").asString("without a name");
        return new Enclave(enclave.path("EnclaveName").asString(id), cid.longValue());
    }

    private static IOException malformed(String rule, byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        return new IOException(
                "nitro-cli describe-enclaves must print "
                        + rule
                        + ", found \""
                        + text.substring(0, Math.min(QUOTED_CHARACTERS, text.length()))
                        + "\"; run it by hand, or write --enclave=vsock:CID:PORT");
    }
}
