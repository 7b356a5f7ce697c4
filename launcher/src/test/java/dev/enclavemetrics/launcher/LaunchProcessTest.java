package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.receive.ScriptedAgent;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.testing.FreePort;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Complete launchers that run an enclave, with a shell script in place of nitro-cli. */
@Timeout(120)
class LaunchProcessTest {

    @TempDir Path folder;

    @BeforeEach
    void writeImage() throws IOException {
        Files.writeString(folder.resolve("app.eif"), "image");
    }

    private LauncherProcess launcher(String runEnclave) throws IOException {
        writeScript(runEnclave);
        return new LauncherProcess(folder.toString(), options("agent-{cid}"));
    }

    /** Returns options with the agent's socket in the folder. */
    private String[] options(String agent) throws IOException {
        return new String[] {
            "--run-enclave=" + folder.resolve("app.eif"),
            "--enclave-cpus=2",
            "--enclave-memory-mib=64",
            "--enclave-endpoint=unix:" + folder.resolve(agent),
            "--bind=127.0.0.1",
            "--port=" + FreePort.next()
        };
    }

    private void writeScript(String runEnclave) throws IOException {
        String script =
                """
                #!/bin/sh
                case $1 in
                run-enclave) %s ;;
                describe-enclaves)
                    echo '[{"EnclaveID":"i-1-enc1","EnclaveCID":16,"State":"RUNNING"}]' ;;
                terminate-enclave) echo "$*" >%s/terminated ;;
                esac
                """
                        .formatted(runEnclave, folder);
        write(script);
    }

    private void write(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("nitro-cli"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void awaitFile(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        while (!Files.exists(file) || Files.size(file) == 0) {
            TimeUnit.MILLISECONDS.sleep(5); // another process writes the file
        }
    }

    @Test
    void terminatesItsEnclaveOnASignalAndEndsWith0() throws Exception {
        String started = "echo '{\"EnclaveID\":\"i-1-enc1\",\"EnclaveCID\":16}'";
        try (LauncherProcess launcher = launcher(started)) {
            launcher.await("enclave i-1-enc1 is running, CID 16");

            launcher.sendSigterm();

            assertThat(launcher.exit()).isZero();
            assertThat(launcher.log())
                    .anyMatch(line -> line.endsWith("INFO  enclave i-1-enc1 terminated"))
                    .last()
                    .asString()
                    .endsWith("shut down on SIGTERM");
            assertThat(folder.resolve("terminated"))
                    .hasContent("terminate-enclave --enclave-id i-1-enc1");
        }
    }

    @Test
    void endsAsTheCommandOfItsEnclave() throws Exception {
        write(
                """
                #!/bin/sh
                case $1 in
                run-enclave) echo '{"EnclaveID":"i-1-enc1","EnclaveCID":16}' ;;
                describe-enclaves)
                    [ ! -e %s/gone ] || { echo '[]'; exit; }
                    echo '[{"EnclaveID":"i-1-enc1","EnclaveCID":16,"State":"RUNNING"}]' ;;
                esac
                """
                        .formatted(folder));
        Ending killed = new Ending(Ending.Kind.KILLED, 9);
        MetricsFrame last =
                Frames.with(Frames.frame(2, 1000), Map.of(HealthField.OOM_KILLS, 1L), killed);
        try (ScriptedAgent agent = new ScriptedAgent(Transport.load(), folder)) {
            agent.next(
                    connection -> {
                        for (MetricsFrame frame : List.of(Frames.frame(1, 1000), last)) {
                            byte[] bytes = Frames.bytes(frame);
                            connection.send(bytes, 0, bytes.length);
                        }
                        Files.writeString(folder.resolve("gone"), "");
                    });
            try (LauncherProcess launcher =
                    new LauncherProcess(folder.toString(), options("agent"))) {
                String words =
                        "the enclave's command was killed by signal 9 (probably out of memory, 1"
                                + " OOM kill, memory usage 31 %)";
                assertThat(launcher.exit()).isEqualTo(137);
                assertThat(launcher.log())
                        .anyMatch(line -> line.endsWith("WARN  " + words))
                        .last()
                        .asString()
                        .endsWith(
                                "ERROR enclave i-1-enc1 has exited: " + words + "; exit code 137");
            }
        }
    }

    @Test
    void startsNoEnclaveOnceASignalHasComeDuringItsStart() throws Exception {
        writeScript("echo started >" + folder.resolve("started"));
        LogLines log = new LogLines();

        int code =
                Launcher.run(
                        options("agent-{cid}"),
                        Map.of("PATH", folder.toString()),
                        System.out,
                        log.log(),
                        Launcher::close); // as the signal handler does as early as possible

        assertThat(code).isZero();
        assertThat(log.lines()).hasSize(1).first().asString().contains("serves the enclave of");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void leavesNitroCliRunningWhenItEnds() throws Exception { // otherwise the enclave may end too
        write(
                """
                #!/bin/sh
                PATH=/usr/bin:/bin
                cd %s
                echo $$ >started
                n=0
                until [ -e go ] || [ $((n += 1)) -gt 3000 ]; do sleep 0.02; done
                echo '[]'
                echo words >&2
                echo $? >ended
                """
                        .formatted(folder));
        try (LauncherProcess launcher =
                new LauncherProcess(
                        folder.toString(),
                        "--enclave=nitro",
                        "--bind=127.0.0.1",
                        "--port=" + FreePort.next())) {
            awaitFile("started");
            launcher.sendSigterm();
            assertThat(launcher.exit()).isZero();
        }

        Files.writeString(folder.resolve("go"), "");
        awaitFile("ended");
        assertThat(folder.resolve("ended")).hasContent("0");
    }

    @Test
    void endsWith3IfTheEnclaveIsRefused() throws Exception {
        String refused = "echo '[ E22 ] Insufficient CPUs available in the pool.' >&2; exit 39";
        try (LauncherProcess launcher = launcher(refused)) {
            assertThat(launcher.exit()).isEqualTo(3);
            assertThat(launcher.log())
                    .last()
                    .asString()
                    .contains("ERROR nitro-cli refused to start the enclave: E22, Insufficient");
        }
    }
}
