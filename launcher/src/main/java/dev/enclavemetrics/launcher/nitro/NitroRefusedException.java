package dev.enclavemetrics.launcher.nitro;

import dev.enclavemetrics.launcher.nitro.NitroCliRunner.Ended;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nitro-cli did not start an enclave. The message has nitro-cli's reason and a remedy. */
final class NitroRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * nitro-cli prints the innermost cause first, so the first code is the reason; the last one,
     * often E39, only says that the enclave's process has failed.
     */
    private static final Pattern CAUSE =
            Pattern.compile("\\[ (E\\d\\d) ] ([^\\n]*)(?:\\n(File: [^\\n]*))?");

    /** General text of nitro-cli's documentation, the same for every enclave. */
    private static final Pattern GENERAL = Pattern.compile(" (Such errors? |It arises ).*");

    private static final String HEARTBEAT = "E36";
    private static final int MAX_CHARACTERS = 300;

    /** An enclave's console is gone once it has exited (aws-nitro-enclaves-cli, issue 664). */
    static final String SEE_CONSOLE =
            "to see its output, set --debug and --enclave-restart=on-failure, and read its"
                    + " console while it runs the next time: until nitro-cli console"
                    + " --enclave-name NAME; do sleep 1; done";

    private static final String CPUS =
            "lower --enclave-cpus, or give enclaves more: cpu_count in the node's"
                + " /etc/nitro_enclaves/allocator.yaml; with hyper-threading the number is even";
    private static final String HUGEPAGES =
            "lower --enclave-memory-mib, or reserve more hugepages: memory_mib in the node's"
                + " /etc/nitro_enclaves/allocator.yaml, and hugepages in the container's limits";

    private static final Map<String, String> REMEDIES =
            Map.ofEntries(
                    Map.entry(
                            "E07",
                            "create the folder for nitro-cli's sockets, /run/nitro_enclaves, or set"
                                    + " another in NITRO_CLI_SOCKETS_PATH"),
                    Map.entry(
                            "E19",
                            "the launcher's user must be able to read the image, and to open"
                                    + " /dev/nitro_enclaves and nitro-cli's log"
                                    + " (NITRO_CLI_LOGS_PATH sets its folder) for writing"),
                    Map.entry("E21", CPUS),
                    Map.entry("E22", CPUS),
                    Map.entry(
                            "E26",
                            "raise --enclave-memory-mib to at least four times the size of the"
                                    + " image"),
                    Map.entry("E27", HUGEPAGES),
                    Map.entry("E28", "a node runs at most four enclaves; check whether others run"),
                    Map.entry("E32", CPUS),
                    Map.entry(
                            "E35",
                            "the image is damaged (nitro-cli describe-eif reads it), or hugepages"
                                    + " are missing in the container's limits"),
                    Map.entry(
                            HEARTBEAT,
                            SEE_CONSOLE
                                    + "; two enclaves that start at the same time on a node also"
                                    + " fail like this"),
                    Map.entry(
                            "E56",
                            "the folder for nitro-cli's log must be writable; NITRO_CLI_LOGS_PATH"
                                    + " sets another"),
                    Map.entry(
                            "E59",
                            "the image is no EIF file or damaged (nitro-cli describe-eif reads it),"
                                    + " or its signing certificate is not valid"));

    private final EnclaveExitCode exit;

    private NitroRefusedException(EnclaveExitCode exit, String message) {
        super(message);
        this.exit = exit;
    }

    static NitroRefusedException of(Ended ended) {
        Matcher cause = CAUSE.matcher(ended.errors());
        if (!cause.find()) {
            String line = ended.errors().strip().lines().findFirst().orElse("nothing");
            return new NitroRefusedException(
                    EnclaveExitCode.NOT_STARTED,
                    "nitro-cli run-enclave must exit with 0, found "
                            + ended.exitCode()
                            + ", and says "
                            + shortened(line)
                            + "; run it by hand");
        }
        String code = cause.group(1);
        String file = cause.group(3) == null ? "" : " " + cause.group(3);
        String reason = GENERAL.matcher(cause.group(2)).replaceFirst("") + file;
        boolean started = code.equals(HEARTBEAT);
        return new NitroRefusedException(
                started ? EnclaveExitCode.NOT_READY : EnclaveExitCode.NOT_STARTED,
                (started
                                ? "the enclave was started but sent no heartbeat: "
                                : "nitro-cli refused to start the enclave: ")
                        + code
                        + ", "
                        + shortened(reason)
                        + "; "
                        + REMEDIES.getOrDefault(
                                code, "nitro-cli explain --error-code " + code + " explains it"));
    }

    private static String shortened(String message) {
        String text = message.strip().replaceFirst("\\.$", "");
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    EnclaveExitCode exit() {
        return exit;
    }
}
