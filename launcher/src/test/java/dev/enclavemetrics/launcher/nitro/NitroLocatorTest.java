package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.launcher.receive.EnclaveLocator;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses shell scripts on a PATH in place of nitro-cli. */
@Timeout(60)
class NitroLocatorTest {

    private static final String BANK = enclave("bank", 16, "RUNNING");
    private static final String SHOP = enclave("shop", 17, "RUNNING");
    private static final String ENDED = enclave("bank", 18, "TERMINATING");

    @TempDir Path folder;

    private final LogLines log = new LogLines();

    /** Returns an enclave as nitro-cli 1.5.0 prints it. */
    private static String enclave(String name, long cid, String state) {
        return """
        {
          "EnclaveName": "%s",
          "EnclaveID": "i-0c1-enc1%s",
          "ProcessID": 4711,
          "EnclaveCID": %d,
          "NumberOfCPUs": 2,
          "CPUIDs": [1, 3],
          "MemoryMiB": 512,
          "State": "%s",
          "Flags": "NONE",
          "Measurements": {"HashAlgorithm": "Sha384 { ... }", "PCR0": "00"}
        }\
        """
                .formatted(name, name, cid, state);
    }

    private void script(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("nitro-cli"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void prints(String answer) throws IOException {
        script("[ \"$*\" = describe-enclaves ] || exit 9\ncat <<'END'\n" + answer + "\nEND");
    }

    private void fails(String answer) throws IOException {
        String errors = "Failed connections: 1\n[ E39 ] Enclave process connection failure.";
        script("cat <<'END'\n%s\nEND\ncat >&2 <<'END'\n%s\nEND\nexit 39".formatted(answer, errors));
    }

    private Endpoint locate(String name) throws Exception {
        return locator(name).locate();
    }

    private NitroLocator locator(String name) {
        String path = "/nowhere::" + folder;
        NitroCliRunner command =
                new NitroCliProcess(
                        path,
                        "--enclave=nitro",
                        "install aws-nitro-enclaves-cli, or write --enclave=vsock:CID:PORT");
        return new NitroLocator(name, 59090, new NitroCli(command, 60_000), log.log());
    }

    @Test
    void findsTheOnlyRunningEnclave() throws Exception {
        prints("[" + ENDED + "," + BANK + "]");

        assertThat(locate("")).isEqualTo(new Endpoint.Vsock(16, 59090));
    }

    @Test
    void findsAnEnclaveByItsName() throws Exception {
        prints("[" + ENDED + "," + BANK + "," + SHOP + "]");

        assertThat(locate("shop")).isEqualTo(new Endpoint.Vsock(17, 59090));
    }

    @Test
    void takesCidsAsUnsigned() throws Exception {
        prints("[" + enclave("bank", 4_294_967_294L, "RUNNING") + "]");

        assertThat(locate("")).hasToString("vsock:4294967294:59090");
    }

    @Test
    void takesAnEnclaveThatHasNoName() throws Exception {
        prints("[{\"EnclaveID\":\"i-1\",\"EnclaveCID\":20,\"State\":\"RUNNING\"}]");

        assertThat(locate("")).isEqualTo(new Endpoint.Vsock(20, 59090));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bank"})
    void saysThatNoneIsRunning(String name) throws Exception {
        prints(name.isEmpty() ? "[]" : "[" + ENDED + "]");

        assertThatThrownBy(() -> locate(name))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "nitro-cli reports no running enclave; start one (nitro-cli run-enclave),"
                                + " the launcher retries");
    }

    @Test
    void namesTheEnclavesBetweenWhichItCannotChoose() throws Exception {
        prints("[" + SHOP + "," + BANK + "]");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "exactly one running enclave must match, found 2: bank, shop; choose one"
                                + " with --enclave=nitro:NAME, or by --enclave=vsock:CID:PORT");
    }

    @Test
    void namesTheEnclavesThereAreIfNoneHasTheName() throws Exception {
        prints("[" + SHOP + "," + BANK + "]");

        assertThatThrownBy(() -> locate("safe"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "no running enclave has the name safe, found bank, shop; correct"
                                + " --enclave=nitro:NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "{}",
                "[",
                "[1]",
                "[null]",
                "[{}]",
                "[{\"State\":1}]",
                "[{\"State\":\"RUNNING\"}]",
                "[{\"State\":\"RUNNING\",\"EnclaveCID\":\"16\"}]",
                "[{\"State\":\"RUNNING\",\"EnclaveCID\":3}]",
                "[{\"State\":\"RUNNING\",\"EnclaveCID\":4294967295}]",
                "[{\"State\":\"RUNNING\",\"EnclaveCID\":16.5}]",
                "[{\"State\":\"RUNNING\",\"EnclaveCID\":99999999999999999999}]"
            })
    void quotesAMalformedAnswer(String answer) throws Exception {
        prints(answer);

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("nitro-cli describe-enclaves must print ")
                .hasMessageContaining("found \"" + answer + "\"; run it by hand");
    }

    @Test
    void quotesOnlyTheBeginningOfALongMalformedAnswer() throws Exception {
        script("yes garbage | head -c 100000");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    @Test
    void refusesDeeplyNestedJson() throws Exception {
        script("yes '[' | head -c 200000");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("nitro-cli describe-enclaves must print a JSON array");
    }

    @Test
    void findsAnEnclaveByItsNameAlthoughAnotherDoesNotAnswer() throws Exception {
        fails("[" + BANK + "]");
        NitroLocator locator = locator("bank");

        assertThat(locator.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));
        assertThat(locator.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));

        assertThat(log.lines())
                .containsExactly(
                        "WARN  nitro-cli describe-enclaves must exit with 0, found 39: [ E39 ]"
                                + " Enclave process connection failure.; it shows enclave bank"
                                + " (i-0c1-enc1bank), which is used");
    }

    @Test
    void findsAnEnclaveByItsNameAmongMalformedOnes() throws Exception {
        prints("[null, {\"State\":1}, {\"State\":\"RUNNING\"}, " + BANK + "]");

        assertThat(locate("bank")).isEqualTo(new Endpoint.Vsock(16, 59090));
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void takesNoOtherForTheOnlyEnclaveWhileOneDoesNotAnswer() throws Exception {
        fails("[" + BANK + "]");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "nitro-cli describe-enclaves must exit with 0, found 39: [ E39 ] Enclave"
                                + " process connection failure.; set --enclave=nitro:NAME to"
                                + " choose one that it shows");
    }

    @Test
    void saysThatTheEnclaveIsNotAmongThoseThatAnswer() throws Exception {
        fails("[" + BANK + "]");

        assertThatThrownBy(() -> locate("shop"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("; the enclave shop is not among those it shows");
    }

    @Test
    void quotesWhatAFailingCommandSays() throws Exception {
        script("echo '[ E19 ] Socket error.' >&2\necho 'More.' >&2\nexit 1");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "nitro-cli describe-enclaves must exit with 0, found 1: [ E19 ] Socket"
                                + " error.");
    }

    @Test
    void saysSoIfAFailingCommandSaysNothing() throws Exception {
        script("exit 3");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("found 3: it says nothing");
    }

    @Test
    void saysWhatToDoWithoutTheCommand() {
        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "nitro-cli must be on the PATH for --enclave=nitro, found none in"
                                + " /nowhere::"
                                + folder
                                + "; install aws-nitro-enclaves-cli, or write"
                                + " --enclave=vsock:CID:PORT");
    }

    @Test
    void asksAgainEachTime() throws Exception {
        EnclaveLocator locator =
                new EnclaveAddress.Nitro("").locator(59090, folder.toString(), log.log());
        prints("[" + BANK + "]");
        assertThat(locator.locate()).isEqualTo(new Endpoint.Vsock(16, 59090));

        prints("[" + SHOP + "]");
        assertThat(locator.locate()).isEqualTo(new Endpoint.Vsock(17, 59090));
    }

    @Test
    void isNotAskedForAnEndpointThatIsKnown() throws Exception {
        Endpoint endpoint = new Endpoint.Unix("/run/agent");

        assertThat(new EnclaveAddress.Fixed(endpoint).locator(59090, "", log.log()).locate())
                .isEqualTo(endpoint);
    }
}
