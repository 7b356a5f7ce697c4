package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * run-with-agent: of the command's descriptors the agent keeps only standard error open, and closes
 * it soon after the command has ended.
 */
class RunWithAgentIT {

    private static final String SCRIPT =
            RunningProcess.PRODUCT.resolve("run-with-agent").toString();

    /** An option that ends any JVM that reads it. */
    private static final String BAD_OPTION = "-XX:+NoJvmKnowsThis";

    private final Map<String, String> environment = new HashMap<>();
    @TempDir private Path folder;
    private Path socket;

    @BeforeEach
    void needProc() {
        assumeThat(Path.of("/proc/stat")).exists();
        socket = folder.resolve("s");
        environment.put("ENCLAVE_METRICS_LISTEN", "unix:" + socket);
        environment.putAll(RunningProcess.javaForScript());
    }

    @Test
    void keepsTheCommandsJvmOptionsFromTheAgent() throws Exception {
        environment.put("JAVA_TOOL_OPTIONS", BAD_OPTION);
        environment.put("JDK_JAVA_OPTIONS", BAD_OPTION);
        environment.put("_JAVA_OPTIONS", BAD_OPTION);
        String script = "echo options $JAVA_TOOL_OPTIONS $_JAVA_OPTIONS; cat";
        try (RunningProcess command = run(SCRIPT, "sh", "-c", script)) {
            command.lineWith("listens on");
            command.lineWith("options " + BAD_OPTION + " " + BAD_OPTION);
        }
    }

    /**
     * A parent that reads standard error until its end, and only then reaps the command, waits for
     * both processes.
     */
    @Test
    void endsTheAgentThoughTheCommandIsAZombieAndTheIntervalLong() throws Exception {
        environment.put("ENCLAVE_METRICS_INTERVAL", "60s");
        environment.put("ENCLAVE_METRICS_WINDOW", "60s");
        Path pid = folder.resolve("pid");
        String parent = "%s sh -c 'echo $$ >%s; read line' <%s & exec cat";
        Path input = folder.resolve("input");
        assertThat(new ProcessBuilder("mkfifo", input.toString()).start().waitFor()).isZero();
        // The command starts only when the other end of its input is opened.
        try (RunningProcess starter = run("sh", "-c", parent.formatted(SCRIPT, pid, input))) {
            try (Writer writer = Files.newBufferedWriter(input)) {
                starter.lineWith("listens on");
                writer.write("go\n");
            }

            starter.await("the agent's end", () -> Files.notExists(socket));
            String stat = "/proc/" + Files.readString(pid).strip() + "/stat";
            assertThat(Files.readString(Path.of(stat))).contains(") Z ");
        }
    }

    @Test
    void leavesTheCommandsOtherDescriptorsAlone() throws Exception {
        Path pipe = folder.resolve("pipe");
        Path read = folder.resolve("read");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        // The command closes its descriptors and keeps running: a reader must see end of file at
        // once.
        String starter = "{ cat %s; echo >%s; } & exec 3>%s 9>&3; exec %s sh -c '%s'";
        String closing = "exec 3>&- 9>&-; echo closed; cat";
        String script = starter.formatted(pipe, read, pipe, SCRIPT, closing);
        try (RunningProcess command = run("sh", "-c", script)) {
            command.lineWith("closed");
            command.lineWith("listens on");
            command.await("the end of the pipe", () -> Files.exists(read));
        }
    }

    /** Without --supervise not with dash, which supports only descriptors of one digit. */
    @ParameterizedTest
    @ValueSource(strings = {"bash %s", "busybox sh %s", "%s --supervise"})
    void leavesDescriptorsOfTwoDigitsAlone(String start) throws Exception {
        for (String program : List.of("bash", start.replaceFirst("[ %].*", ""))) {
            assumeThat(Path.of("/usr/bin", program)).exists();
        }
        assumeThat(RunningProcess.PRODUCT.resolve("enclave-supervise")).exists();
        Path pipe = folder.resolve("pipe");
        Path read = folder.resolve("read");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        String starter = "{ cat %s; echo >%s; } & exec 27>%s; exec %s bash -c '%s'";
        String closing = "exec 27>&-; echo closed; cat";
        String script = starter.formatted(pipe, read, pipe, start.formatted(SCRIPT), closing);
        try (RunningProcess command = run("bash", "-c", script)) {
            command.lineWith("closed");
            command.lineWith("listens on");
            command.await("the end of the pipe", () -> Files.exists(read));
        }
    }

    private RunningProcess run(String... words) throws IOException {
        return new RunningProcess(environment, words);
    }
}
