package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.launcher.nitro.NitroCliRunner.Ended;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of an enclave, and the messages of nitro-cli 1.5.0 if it fails. */
class NitroCliTest {

    private static final EnclaveSpec SPEC =
            new EnclaveSpec(Path.of("/eif/app.eif"), 2, 1024, null, 0, false);

    private static NitroEnclave run(int exitCode, String output, String errors) throws Exception {
        Ended ended = new Ended(exitCode, output, errors);
        return new NitroCli((arguments, deadlineMs) -> ended).run(SPEC);
    }

    @Test
    void takesIdNameAndCidOfAStartedEnclave() throws Exception {
        String answer =
                """
                {
                  "EnclaveName": "app",
                  "EnclaveID": "i-05f6ed443aEXAMPLE-enc173dfe3eEXAMPLE",
                  "ProcessID": 7077,
                  "EnclaveCID": 4294967294,
                  "NumberOfCPUs": 2,
                  "CPUIDs": [1, 3],
                  "MemoryMiB": 1024
                }
                """;
        assertThat(run(0, answer, "Start allocating memory...\n"))
                .isEqualTo(
                        new NitroEnclave(
                                "i-05f6ed443aEXAMPLE-enc173dfe3eEXAMPLE", "app", 4_294_967_294L));
    }

    @Test
    void writesEveryOptionOfAnEnclave() {
        Path image = Path.of("app.eif");
        assertThat(new EnclaveSpec(image, 4, 2048, "bank", 16, true).arguments())
                .containsExactly(
                        "run-enclave",
                        "--eif-path",
                        image.toAbsolutePath().toString(),
                        "--cpu-count",
                        "4",
                        "--memory",
                        "2048",
                        "--enclave-name",
                        "bank",
                        "--enclave-cid",
                        "16",
                        "--debug-mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"EnclaveCID\":16}",
                "{\"EnclaveID\":1,\"EnclaveCID\":16}",
                "{\"EnclaveID\":\"i\",\"EnclaveCID\":3}"
            })
    void quotesAMalformedAnswer(String answer) {
        assertThatThrownBy(() -> run(0, answer, ""))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("nitro-cli run-enclave must print a JSON object with")
                .hasMessageContaining(
                        "found \"" + answer + "\"; run it by hand; an enclave may be");
    }

    @Test
    void saysWhereToLookForWhatALateStartHasLeft() {
        NitroCliRunner late =
                (arguments, deadlineMs) -> {
                    throw new InterruptedIOException("does it answer by hand?");
                };
        EnclaveSpec spec = new EnclaveSpec(Path.of("app.eif"), 2, 64, null, 0, false);

        assertThatThrownBy(() -> new NitroCli(late).run(spec))
                .hasMessage(
                        "does it answer by hand?; nitro-cli describe-enclaves shows whether an"
                                + " enclave is left");
    }

    /** nitro-cli prints the cause first, and then E39, since its process has failed. */
    private static String printed(String cause) {
        return "Start allocating memory...\n"
                + cause
                + "\n\nFor more details, please visit"
                + " https://docs.aws.amazon.com/enclaves/latest/user/cli-errors.html#E27\n\n"
                + "If you open a support ticket, please provide the error log found at"
                + " \"/var/log/nitro_enclaves/err2026-11-24T05:40:00+00:00.log\"\n"
                + "Failed connections: 1\n"
                + "[ E39 ] Enclave process connection failure. Such error appears when the enclave"
                + " manager fails to connect to at least one enclave process for retrieving the"
                + " description information.\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "E22|Insufficient CPUs available in the pool. User provided `cpu-count` is 4, which"
                        + " is more than the configured CPU pool size.|lower --enclave-cpus, or",
                "E26|Insufficient memory requested. User provided `memory` is 64 MB, but based on"
                        + " the EIF file size, the minimum memory should be 256 MB|raise"
                        + " --enclave-memory-mib to at least four times",
                "E27|Insufficient memory available. User provided `memory` is 4096 MB, which is"
                        + " more than the available hugepage memory.|lower --enclave-memory-mib, or"
                        + " reserve more hugepages"
            })
    void namesTheCauseOfARefusalAndTheWayOut(String code, String words, String wayOut) {
        String cause = "[ %s ] %s\nYou can increase it.".formatted(code, words);
        assertThatThrownBy(() -> run(39, "", printed(cause)))
                .isInstanceOfSatisfying(
                        NitroRefusedException.class,
                        e -> assertThat(e.exit()).isEqualTo(EnclaveExitCode.NOT_STARTED))
                .hasMessageStartingWith(
                        "nitro-cli refused to start the enclave: "
                                + code
                                + ", "
                                + words.replaceFirst("\\.$", "")
                                + "; "
                                + wayOut);
    }

    @Test
    void namesTheFileThatCannotBeOpened() {
        String cause =
                "[ E19 ] File operation failure. Such error appears when the system fails to"
                        + " perform the requested file operations.\n"
                        + "File: '/dev/nitro_enclaves', failing operation: 'Open'.";
        assertThatThrownBy(() -> run(39, "", printed(cause)))
                .hasMessage(
                        "nitro-cli refused to start the enclave: E19, File operation failure. File:"
                            + " '/dev/nitro_enclaves', failing operation: 'Open'; the launcher's"
                            + " user must be able to read the image, and to open"
                            + " /dev/nitro_enclaves and nitro-cli's log (NITRO_CLI_LOGS_PATH sets"
                            + " its folder) for writing");
    }

    @Test
    void tellsAMissingHeartbeatFromARefusal() {
        String cause = "[ E36 ] Enclave boot failure. Such error appears when attempting to.";
        assertThatThrownBy(() -> run(39, "", printed(cause)))
                .isInstanceOfSatisfying(
                        NitroRefusedException.class,
                        e -> assertThat(e.exit()).isEqualTo(EnclaveExitCode.NOT_READY))
                .hasMessageStartingWith(
                        "the enclave was started but sent no heartbeat: E36, Enclave boot failure;"
                            + " to see its output, set --debug and --enclave-restart=on-failure,"
                            + " and read its console while it runs the next time: until nitro-cli"
                            + " console --enclave-name NAME; do sleep 1; done; two enclaves");
    }

    @Test
    void namesTheCommandThatTellsMoreOfAnyOtherCode() {
        assertThatThrownBy(() -> run(29, "", printed("[ E29 ] Ioctl failure. Such error is.")))
                .hasMessageEndingWith(
                        "Ioctl failure; nitro-cli explain --error-code E29 explains it");
    }

    @Test
    void quotesWhatHasNoCode() {
        assertThatThrownBy(() -> run(2, "", "error: unexpected argument\nmore\n"))
                .isInstanceOf(NitroRefusedException.class)
                .hasMessage(
                        "nitro-cli run-enclave must exit with 0, found 2, and says error:"
                                + " unexpected argument; run it by hand");
    }

    @Test
    void keepsALongRefusalShort() {
        String cause = "[ E22 ] " + "x".repeat(1_000_000);
        assertThatThrownBy(() -> run(39, "", cause))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }
}
