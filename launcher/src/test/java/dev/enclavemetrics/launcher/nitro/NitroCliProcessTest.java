package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.launcher.nitro.NitroCliRunner.Ended;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses a shell script that is slow, as nitro-cli is with a large image. */
@Timeout(60)
class NitroCliProcessTest {

    private static final List<String> DESCRIBE = List.of("describe-enclaves");
    private static final long LONG_MS = 60_000;

    @TempDir Path folder;

    private NitroCliProcess command;

    @BeforeEach
    void nameCommand() {
        command = new NitroCliProcess(folder.toString(), "--enclave=nitro", "install it");
    }

    /** Lets the script end, whatever the test's result is. */
    @AfterEach
    void answer() throws IOException {
        Files.writeString(folder.resolve("go"), "");
    }

    private void script(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("nitro-cli"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The script records each start, and responds when a file exists, or after a minute. */
    private void slowScript() throws IOException {
        script(
                """
                cd %s
                echo $$ >>starts
                n=0
                until [ -e go ] || [ $((n += 1)) -gt 3000 ]; do sleep 0.02; done
                echo answer
                echo words >&2
                echo $? >ended
                exit 3\
                """
                        .formatted(folder));
    }

    private List<String> starts() throws IOException, InterruptedException {
        return Files.readAllLines(awaitFile("starts"));
    }

    private Path awaitFile(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        while (!Files.exists(file) || Files.size(file) == 0) {
            TimeUnit.MILLISECONDS.sleep(5); // another process writes the file
        }
        return file;
    }

    private void isLate() {
        assertThatThrownBy(() -> command.run(DESCRIBE, 20))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage(
                        "nitro-cli describe-enclaves must answer within 20 ms, found it still"
                                + " running; it is left running, and its answer is used when it"
                                + " comes");
    }

    @Test
    void leavesALateCommandRunningAndStartsNoOther() throws Exception {
        slowScript();
        isLate();
        isLate();
        answer();

        assertThat(command.run(DESCRIBE, LONG_MS)).isEqualTo(new Ended(3, "answer\n", "words\n"));
        assertThat(starts()).hasSize(1);
    }

    @Test
    void usesAnAnswerThatCameWhileNoneWaitedForIt() throws Exception {
        slowScript();
        isLate();
        answer();
        awaitFile("ended");

        assertThat(command.run(DESCRIBE, LONG_MS).output()).isEqualTo("answer\n");
        assertThat(starts()).hasSize(1);
    }

    @Test
    void asksAgainOnceAnAnswerWasUsed() throws Exception {
        slowScript();
        answer();
        command.run(DESCRIBE, LONG_MS);
        command.run(DESCRIBE, LONG_MS);

        assertThat(starts()).hasSize(2);
    }

    @Test
    void givesOneAnswerToAllThatWaitForIt() throws Exception {
        slowScript();
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            Future<Ended> first = callers.submit(() -> command.run(DESCRIBE, LONG_MS));
            Future<Ended> second = callers.submit(() -> command.run(DESCRIBE, LONG_MS));
            isLate();
            answer();

            assertThat(first.get().output()).isEqualTo("answer\n");
            assertThat(second.get().output()).isEqualTo("answer\n");
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void runsAnotherCommandMeanwhile() throws Exception {
        slowScript();
        isLate();
        answer();
        command.run(List.of("terminate-enclave", "--enclave-id", "i-1"), LONG_MS);
        command.run(DESCRIBE, LONG_MS); // its script writes into the folder until it has ended

        assertThat(starts()).hasSize(2);
    }

    @Test
    void leavesTheCommandOfAnInterruptedCallerRunning() throws Exception {
        slowScript();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<Ended> interrupted = caller.submit(() -> command.run(DESCRIBE, LONG_MS));
        starts();
        interrupted.cancel(true);
        caller.shutdown();
        answer();

        assertThat(command.run(DESCRIBE, LONG_MS).output()).isEqualTo("answer\n");
        assertThat(starts()).hasSize(1);
    }

    @Test
    void startsItSoThatSignalsToTheLaunchersGroupDoNotEndIt() throws Exception {
        slowScript();
        isLate();
        String pid = starts().get(0);
        for (String signal : List.of("-HUP", "-INT", "-TERM")) {
            new ProcessBuilder("kill", signal, pid).start().waitFor();
        }
        answer();

        assertThat(command.run(DESCRIBE, LONG_MS).output()).isEqualTo("answer\n");
    }

    @Test
    void letsTheProcessOfANewEnclaveHaveItsSignals() throws Exception {
        script("trap 'echo ended' TERM; kill -TERM $$");

        assertThat(command.run(List.of("run-enclave"), LONG_MS).output()).isEqualTo("ended\n");
    }

    @Test
    void waitsForACommandThatClosesItsOutputEarly() throws Exception {
        script(
                "cd "
                        + folder
                        + "\n"
                        + "exec >&- 2>&-\n"
                        + "n=0\n"
                        + "until [ -e go ] || [ $((n += 1)) -gt 3000 ]; do sleep 0.02; done\n"
                        + "exit 4");
        isLate();
        answer();

        assertThat(command.run(DESCRIBE, LONG_MS)).isEqualTo(new Ended(4, "", ""));
    }

    @Test
    void readsAllOfAnAnswerThatIsTooLongAndRefusesIt() throws Exception {
        script("head -c 3000000 /dev/zero\necho >" + folder.resolve("ended"));

        assertThatThrownBy(() -> command.run(DESCRIBE, LONG_MS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must print at most 1048576 bytes, found more");
        awaitFile("ended");
    }
}
