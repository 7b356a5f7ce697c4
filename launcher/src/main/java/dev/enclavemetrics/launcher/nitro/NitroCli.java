package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.launcher.nitro.NitroCliRunner.Ended;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * nitro-cli's commands and their JSON (nitro-cli 1.5.0, json_output.rs): {@code run-enclave} prints
 * an object, {@code describe-enclaves} an array with one object per enclave.
 */
final class NitroCli {

    static final long MAX_CID = 0xFFFF_FFFEL;
    private static final int QUOTED_CHARACTERS = 80;
    private static final String DESCRIBE = "describe-enclaves";
    private static final long DESCRIBE_DEADLINE_MS = 5_000;

    /**
     * nitro-cli itself waits 2 minutes for an enclave's heartbeat, longer for images above 6 GiB
     * and for memory above 100 GiB; allocating the memory comes on top.
     */
    private static final long RUN_DEADLINE_MS = 15 * 60_000;

    private final NitroCliRunner runner;
    private final long describeDeadlineMs;

    NitroCli(NitroCliRunner runner) {
        this(runner, DESCRIBE_DEADLINE_MS);
    }

    NitroCli(NitroCliRunner runner, long describeDeadlineMs) {
        this.runner = runner;
        this.describeDeadlineMs = describeDeadlineMs;
    }

    /**
     * Starts an enclave; returns after its first heartbeat.
     *
     * @throws NitroRefusedException if nitro-cli reports an error
     */
    NitroEnclave run(EnclaveSpec spec) throws IOException, InterruptedException {
        Ended ended;
        try {
            ended = runner.run(spec.arguments(), RUN_DEADLINE_MS);
        } catch (InterruptedIOException e) {
            throw new IOException(
                    e.getMessage()
                            + "; nitro-cli "
                            + DESCRIBE
                            + " shows whether an enclave is left",
                    e);
        }
        if (ended.exitCode() != 0) {
            throw NitroRefusedException.of(ended);
        }
        Map<String, Object> answer = NitroJson.object(ended.output());
        NitroEnclave enclave =
                answer != null && answer.get("EnclaveID") instanceof String
                        ? enclave(answer)
                        : null;
        if (enclave == null) {
            throw malformed(
                    EnclaveSpec.COMMAND,
                    "a JSON object with EnclaveID, and EnclaveCID from 4 to " + MAX_CID,
                    ended.output(),
                    "run it by hand; an enclave may be left, " + DESCRIBE + " shows it");
        }
        return enclave;
    }

    /**
     * The running enclaves.
     *
     * @param missing why the list may be incomplete, or null: nitro-cli prints the enclaves that
     *     answered, and then fails if one did not
     */
    record Running(List<NitroEnclave> enclaves, @Nullable IOException missing) {}

    Running running() throws IOException, InterruptedException {
        Ended ended = runner.run(List.of(DESCRIBE), describeDeadlineMs);
        IOException missing = ended.exitCode() == 0 ? null : failure(DESCRIBE, ended);
        List<Map<String, Object>> objects = NitroJson.array(ended.output());
        if (objects == null) {
            throw missing != null ? missing : malformed("a JSON array", ended.output());
        }
        List<NitroEnclave> enclaves = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            NitroEnclave enclave = enclave(object);
            if (!(object.get("State") instanceof String state)) {
                missing = malformed("an array of objects with State", ended.output());
            } else if (state.equals("RUNNING")) {
                if (enclave != null) {
                    enclaves.add(enclave);
                } else {
                    missing =
                            malformed(
                                    "EnclaveCID from " + EnclaveSpec.MIN_CID + " to " + MAX_CID,
                                    ended.output());
                }
            }
        }
        return new Running(enclaves, missing);
    }

    /**
     * Whether an enclave is running.
     *
     * @throws IOException if that is not known
     */
    boolean runs(NitroEnclave enclave) throws IOException, InterruptedException {
        if (shows(enclave)) {
            return true;
        }
        return shows(
                enclave); // asked again: the first answer may be an old one, from before its start
    }

    private boolean shows(NitroEnclave enclave) throws IOException, InterruptedException {
        Running running = running();
        if (running.enclaves().stream().anyMatch(other -> other.id().equals(enclave.id()))) {
            return true;
        }
        if (running.missing() != null) {
            throw running.missing();
        }
        return false;
    }

    void terminate(NitroEnclave enclave, long deadlineMs) throws IOException, InterruptedException {
        String command = "terminate-enclave";
        Ended ended = runner.run(List.of(command, "--enclave-id", enclave.id()), deadlineMs);
        if (ended.exitCode() != 0) {
            throw failure(command, ended);
        }
    }

    private static IOException failure(String command, Ended ended) {
        List<String> lines = ended.errors().strip().lines().toList();
        String first = lines.isEmpty() ? "it says nothing" : lines.get(0);
        return new IOException(
                NitroCliProcess.NAME
                        + " "
                        + command
                        + " must exit with 0, found "
                        + ended.exitCode()
                        + ": "
                        + lines.stream()
                                .filter(l -> l.startsWith("[ E"))
                                .findFirst()
                                .orElse(first));
    }

    /** The enclave of an object, or null if it has no CID. */
    private static @Nullable NitroEnclave enclave(Map<String, Object> object) {
        if (!(object.get("EnclaveCID") instanceof Long cid)
                || cid < EnclaveSpec.MIN_CID
                || cid > MAX_CID) {
            return null;
        }
        String id = text(object, "EnclaveID", "without a name");
        return new NitroEnclave(id, text(object, "EnclaveName", id), cid);
    }

    private static String text(Map<String, Object> object, String name, String otherwise) {
        return object.get(name) instanceof String text ? text : otherwise;
    }

    private static IOException malformed(String rule, String answer) {
        return malformed(
                DESCRIBE, rule, answer, "run it by hand, or write --enclave=vsock:CID:PORT");
    }

    private static IOException malformed(
            String command, String rule, String answer, String remedy) {
        String text = answer.strip();
        return new IOException(
                NitroCliProcess.NAME
                        + " "
                        + command
                        + " must print "
                        + rule
                        + ", found \""
                        + text.substring(0, Math.min(QUOTED_CHARACTERS, text.length()))
                        + "\"; "
                        + remedy);
    }
}
