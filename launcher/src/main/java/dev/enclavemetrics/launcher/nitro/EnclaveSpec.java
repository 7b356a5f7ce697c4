package dev.enclavemetrics.launcher.nitro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The enclave to start: the options of {@code nitro-cli run-enclave}.
 *
 * @param image an .eif file
 * @param cpus taken from the parent
 * @param memoryMib in MiB, taken from the parent's hugepages
 * @param name or null for the image's
 * @param cid or 0 to let nitro-cli choose
 * @param debug debug mode: its console can be read, but its attestation proves nothing
 */
public record EnclaveSpec(
        Path image, int cpus, int memoryMib, @Nullable String name, int cid, boolean debug) {

    /** CIDs 0 to 3 are the hypervisor's, loopback's, and the two names of the parent. */
    public static final int MIN_CID = 4;

    static final String COMMAND = "run-enclave";

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(COMMAND);
        arguments.addAll(List.of("--eif-path", image.toAbsolutePath().toString()));
        arguments.addAll(List.of("--cpu-count", Integer.toString(cpus)));
        arguments.addAll(List.of("--memory", Integer.toString(memoryMib)));
        if (name != null) {
            arguments.addAll(List.of("--enclave-name", name));
        }
        if (cid != 0) {
            arguments.addAll(List.of("--enclave-cid", Integer.toString(cid)));
        }
        if (debug) {
            arguments.add("--debug-mode");
        }
        return arguments;
    }
}
