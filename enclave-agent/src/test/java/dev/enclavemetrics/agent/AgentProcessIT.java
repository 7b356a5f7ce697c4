package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.sample.FakeProc;
import dev.enclavemetrics.agent.settings.Setting;
import dev.enclavemetrics.frame.MetricsFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent as a process, in its three forms. */
class AgentProcessIT {

    private static final String READY = "listens on";

    @TempDir private Path folder;
    private String socket;

    @BeforeEach
    void needProc() {
        assumeThat(Path.of("/proc/stat")).exists();
        socket = folder.resolve("s").toString();
    }

    @Test
    void measuresThisMachineUntilSigterm() throws Exception {
        try (RunningProcess agent =
                RunningProcess.agent("listen=unix:" + socket, "interval=100ms")) {
            agent.lineWith(READY);
            MetricsFrame frame = oneFrame();
            agent.terminate();

            assertThat(frame.coresOnline()).isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(frame.memoryUsage()).isBetween(0.001, 1.0);
            assertThat(agent.exitCode()).isZero();
            assertThat(Path.of(socket)).doesNotExist();
            assertThat(agent.lines()).noneMatch(line -> line.contains("failed"));
        }
    }

    @Test
    void sendsItsFirstFrameLongBeforeAnIntervalIsOver() throws Exception {
        try (RunningProcess agent =
                RunningProcess.agent("listen=unix:" + socket, "interval=60s", "window=60s")) {
            agent.lineWith(READY);
            assertThat(oneFrame().windowMs()).isBetween(250L, 59_000L);
        }
    }

    @Test
    void reportsAllBadSettingsAndEndsWith2() throws Exception {
        try (RunningProcess agent = RunningProcess.agent("listen=x", "interval=1", "speed=9")) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.lines()).hasSize(3);
        }
    }

    @Test
    void endsWith1WhenItCannotListen() throws Exception {
        Files.writeString(Path.of(socket), "a file that is somebody's");
        try (RunningProcess agent = RunningProcess.agent("listen=unix:" + socket)) {
            assertThat(agent.exitCode()).isEqualTo(1);
            assertThat(agent.lines()).singleElement().asString().contains(socket, "remove it");
        }
        assertThat(Path.of(socket)).exists();
    }

    @Test
    void needsOneLineToSayThatProcIsNotThere() throws Exception {
        try (RunningProcess agent =
                RunningProcess.agent("listen=unix:" + socket, "proc=" + folder.resolve("no"))) {
            assertThat(agent.exitCode()).isEqualTo(1);
            assertThat(agent.lines()).singleElement().asString().contains("is /proc mounted?");
        }
    }

    @Test
    void knowsItsHelpAndItsVersion() throws Exception {
        try (RunningProcess help = RunningProcess.agent("--help");
                RunningProcess version = RunningProcess.agent("--version")) {
            assertThat(help.exitCode()).isZero();
            assertThat(String.join("\n", help.lines()))
                    .contains(Arrays.stream(Setting.values()).map(Setting::key).toList());
            assertThat(version.exitCode()).isZero();
            assertThat(version.lines())
                    .singleElement()
                    .asString()
                    .matches("enclave-agent \\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void ridesInAnApplicationsOwnJvm() throws Exception {
        String option =
                "-javaagent:" + RunningProcess.JAR + "=interval=100ms,listen=unix:" + socket;
        try (RunningProcess application = application(option)) {
            application.lineWith("application runs");
            application.lineWith(READY);
            assertThat(oneFrame().sequence()).isPositive();
            application.endInput();
            assertThat(application.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void leavesTheApplicationRunningWhateverFails() throws Exception {
        Files.writeString(Path.of(socket), "a file that is somebody's");
        for (String settings : new String[] {"nonsense", "listen=unix:" + socket, "proc=/no"}) {
            String option = "-javaagent:" + RunningProcess.JAR + "=" + settings;
            try (RunningProcess application = application(option)) {
                application.lineWith("application runs");
                application.lineWith("no metrics");
                application.endInput();
                assertThat(application.exitCode()).isEqualTo(7);
                assertThat(application.lines())
                        .filteredOn(line -> line.contains("no metrics"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void doesNotDelayTheApplicationWhileTheAgentCannotStart() throws Exception {
        Files.writeString(Path.of(socket), "a file that is somebody's");
        String option =
                "-javaagent:%s=listen=unix:%s,while-pid=%d"
                        .formatted(RunningProcess.JAR, socket, ProcessHandle.current().pid());
        try (RunningProcess application = application(option)) {
            application.lineWith("application runs");
            application.lineWith("no metrics yet");
            application.endInput();
            assertThat(application.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void runsTheApplicationThoughAFileOfProcBlocksWhoeverOpensIt() throws Exception {
        FakeProc proc = new FakeProc(folder.resolve("proc"));
        makeFifo(proc.folder.resolve("stat"));
        String option =
                "-javaagent:%s=listen=unix:%s,proc=%s"
                        .formatted(RunningProcess.JAR, socket, proc.folder);
        try (RunningProcess application = application(option)) {
            application.lineWith("application runs");
            assertThat(application.lineWith("no metrics"))
                    .contains(
                            proc.folder.resolve("stat") + " must be a regular file, found a FIFO");
            application.endInput();
            assertThat(application.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void listensInAnApplicationsJvmOnceTheAddressIsFree() throws Exception {
        try (RunningProcess first = RunningProcess.agent("listen=unix:" + socket)) {
            first.lineWith(READY);
            String option = "-javaagent:" + RunningProcess.JAR + "=listen=unix:" + socket;
            try (RunningProcess application = application(option)) {
                application.lineWith("no metrics yet, retrying every second");
                first.terminate();

                application.lineWith(READY);
            }
        }
    }

    @Test
    void runsBesideACommandAndHandsOverItsExitCode() throws Exception {
        try (RunningProcess command = runWithAgent("sh", "-c", "cat; exit 7")) {
            command.lineWith(READY);
            assertThat(oneFrame().sequence()).isPositive();
            command.endInput();

            assertThat(command.exitCode()).isEqualTo(7);
            awaitAgentsEnd(command);
        }
    }

    @Test
    void handsSignalsToTheCommand() throws Exception {
        String script = "trap 'exit 9' TERM; echo ready; while :; do sleep 0.1; done";
        try (RunningProcess command = runWithAgent("sh", "-c", script)) {
            command.lineWith(READY);
            command.lineWith("ready");
            command.terminate();

            assertThat(command.exitCode()).isEqualTo(9);
            awaitAgentsEnd(command);
        }
    }

    @Test
    void runsTheCommandEvenIfTheAgentCannotStart() throws Exception {
        Map<String, String> environment = Map.of("ENCLAVE_METRICS_LISTEN", "nonsense");
        try (RunningProcess command =
                new RunningProcess(environment, script(), "sh", "-c", "exit 7")) {
            assertThat(command.exitCode()).isEqualTo(7);
            command.lineWith("nonsense");
        }
    }

    @Test
    void saysThatTheJvmItWasToldIsNotThereAndTakesAnother() throws Exception {
        Map<String, String> environment =
                Map.of(
                        "ENCLAVE_METRICS_LISTEN",
                        "unix:" + socket,
                        "ENCLAVE_METRICS_JAVA",
                        folder.toString());
        try (RunningProcess command = new RunningProcess(environment, script(), "cat")) {
            assertThat(command.lineWith("ENCLAVE_METRICS_JAVA"))
                    .contains("must be an executable file, found " + folder);
            command.lineWith(READY);
        }
    }

    @Test
    void outlastsTheAgentOfTheCommandsLastLife() throws Exception {
        try (RunningProcess last = RunningProcess.agent("listen=unix:" + socket)) {
            last.lineWith(READY);
            try (RunningProcess command = runWithAgent("cat")) {
                command.lineWith("no metrics yet");
                last.terminate();

                command.lineWith(READY);
            }
        }
    }

    @Test
    void findsItsAgentThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(script()));
        Map<String, String> environment = Map.of("ENCLAVE_METRICS_LISTEN", "unix:" + socket);
        try (RunningProcess command = new RunningProcess(environment, link.toString(), "cat")) {
            command.lineWith(READY);
        }
    }

    @Test
    void servesThroughJnrWhereThereIsNoNativeLibrary() throws Exception {
        for (String jar : new String[] {"enclave-agent.jar", "enclave-agent-optional.jar"}) {
            Files.copy(RunningProcess.TARGET.resolve(jar), folder.resolve(jar));
        }
        String jar = folder.resolve("enclave-agent.jar").toString();
        try (RunningProcess agent =
                new RunningProcess(
                        Map.of(),
                        RunningProcess.JAVA,
                        "-jar",
                        jar,
                        "listen=unix:" + socket,
                        "interval=100ms")) {
            assertThat(agent.lineWith(READY)).contains("(jnr)");
            assertThat(oneFrame().sequence()).isPositive();
        }
    }

    @Test
    void doesNotContainTheNamesThatOnlyClustersNeed() throws Exception {
        try (JarFile jar = new JarFile(RunningProcess.JAR)) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("dev/enclavemetrics/frame/FrameEncoder.class")
                    .noneMatch(name -> name.startsWith("dev/enclavemetrics/contract"));
        }
    }

    private static void makeFifo(Path path) throws Exception {
        Files.delete(path);
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }

    /** Waits until the socket is gone: removing it is the agent's last action. */
    private void awaitAgentsEnd(RunningProcess command) {
        command.await("the agent's end", () -> Files.notExists(Path.of(socket)));
    }

    private MetricsFrame oneFrame() throws IOException {
        try (AgentConnection connection = new AgentConnection(Path.of(socket))) {
            return connection.next();
        }
    }

    private static RunningProcess application(String option) throws IOException {
        return new RunningProcess(
                Map.of(),
                RunningProcess.JAVA,
                option,
                "-cp",
                RunningProcess.TARGET.resolve("test-classes").toString(),
                SmallApplication.class.getName());
    }

    private RunningProcess runWithAgent(String... command) throws IOException {
        String[] all = new String[command.length + 1];
        all[0] = script();
        System.arraycopy(command, 0, all, 1, command.length);
        Map<String, String> environment = new HashMap<>(RunningProcess.javaForScript());
        environment.put("ENCLAVE_METRICS_LISTEN", "unix:" + socket);
        environment.put("ENCLAVE_METRICS_INTERVAL", "100ms");
        return new RunningProcess(environment, all);
    }

    private static String script() {
        return RunningProcess.PRODUCT.resolve("run-with-agent").toString();
    }
}
