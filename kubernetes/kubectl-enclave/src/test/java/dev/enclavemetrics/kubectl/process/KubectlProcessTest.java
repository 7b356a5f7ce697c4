package dev.enclavemetrics.kubectl.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses a script in place of kubectl. */
@Timeout(60)
class KubectlProcessTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private Kubectl kubectl(String script, String... flags) throws IOException {
        Path program = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new KubectlProcess(
                program.toString(), List.of(flags), new PrintStream(messages, true, UTF_8));
    }

    private static KubectlException failure(Kubectl kubectl) {
        try {
            kubectl.run("get", "--raw", "/x");
        } catch (KubectlException e) {
            return e;
        }
        throw new AssertionError("must fail");
    }

    @Test
    void passesArgumentsAndFlagsOn() throws Exception {
        Kubectl kubectl = kubectl("printf '%s\\n' \"$@\"", "--context=a b", "--as=me");
        assertThat(new String(kubectl.run("get", "--raw", "/x*"), UTF_8))
                .isEqualTo("get\n--raw\n/x*\n--context=a b\n--as=me\n");
    }

    @Test
    void failsWithTheWordsOfKubectl() throws Exception {
        KubectlException forbidden =
                failure(kubectl("echo 'Error from server (Forbidden): no' >&2; exit 1"));
        assertThat(forbidden).hasMessage("no");
        assertThat(forbidden.isForbidden()).isTrue();
        KubectlException other = failure(kubectl("echo 'error: no context' >&2; exit 1"));
        assertThat(other).hasMessage("no context");
        assertThat(other.isForbidden() || other.isNotFound() || other.isUnavailable()).isFalse();
        assertThat(messages.size()).isZero();
    }

    @Test
    void letsOtherWordsBeSeen() throws Exception {
        assertThat(failure(kubectl("echo 'login failed' >&2; exit 3")))
                .hasMessage("kubectl failed with exit code 3, see above");
        assertThat(messages.toString(UTF_8)).isEqualTo("login failed\n");
    }

    @Test
    void tellsASignalFromAFailure() throws Exception {
        assertThat(failure(kubectl("kill -TERM $$")).isInterrupted()).isTrue();
        // The exit code that Java reports after SIGINT, which a background process may ignore.
        assertThat(failure(kubectl("exit 130")).isInterrupted()).isTrue();
    }

    @Test
    void doesNotWaitForWhatALoginPluginLeavesBehind() throws Exception {
        Kubectl kubectl = kubectl("sleep 600 >/dev/null & echo $! >${0%/*}/left; echo answer");
        assertThat(kubectl.run("get")).asString(UTF_8).isEqualTo("answer\n");
        long left = Long.parseLong(Files.readString(folder.resolve("left")).strip());
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsAnAnswerWithoutEnd() throws Exception {
        assertThat(failure(kubectl("exec cat /dev/zero")))
                .hasMessageStartingWith(
                        "an answer must have at most 32 MiB, found more for: kubectl get --raw /x");
    }

    @Test
    void saysThatKubectlHasNoCredentials() throws Exception {
        assertThat(failure(kubectl("printf 'Please enter Username: '; exec cat /dev/zero")))
                .hasMessageStartingWith("kubectl must have credentials, found none");
    }

    @Test
    void saysThatThereIsNoKubectl() {
        String absent = folder.resolve("absent").toString();
        assertThatExceptionOfType(KubectlException.class)
                .isThrownBy(() -> new KubectlProcess(absent, List.of(), System.err).run("get"))
                .withMessageStartingWith(
                        "kubectl must be on the PATH or be set with KUBECTL, found " + absent);
    }
}
