package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behavior of a supervised command towards a launcher and a parent process. */
class SuperviseIT {

    private final Map<String, String> environment = new HashMap<>();
    @TempDir private Path folder;
    private Path socket;

    @BeforeEach
    void needProc() throws Exception {
        assumeThat(RunningProcess.PRODUCT.resolve("enclave-supervise")).exists();
        socket = folder.resolve("s");
        environment.put("ENCLAVE_METRICS_LISTEN", "unix:" + socket);
        environment.put("ENCLAVE_METRICS_INTERVAL", "100ms");
        environment.put("ENCLAVE_METRICS_WINDOW", "1s");
        environment.putAll(RunningProcess.javaForScript());
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("go").toString()).start().waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, EXITED, 0",
        "exit 3, EXITED, 3",
        "exit 255, EXITED, 255",
        "exit 137, EXITED, 137",
        "kill -9 $$, KILLED, 9",
        "kill -TERM $$, KILLED, 15",
        "sleep 100 & exit 5, EXITED, 5",
    })
    void sendsHowTheCommandEnded(String end, Ending.Kind kind, int code) throws Exception {
        // A busy machine may need more than the 250 ms that the agent has.
        environment.put("ENCLAVE_METRICS_LAST_WORDS_MS", "60000");
        try (RunningProcess command = supervise("read line <" + folder + "/go; " + end)) {
            command.lineWith("listens on");
            try (AgentConnection connection = new AgentConnection(socket)) {
                assertThat(connection.next().ending()).isNull();
                go();
                MetricsFrame frame;
                do {
                    frame = connection.next();
                } while (frame.ending() == null);

                assertThat(frame.ending()).isEqualTo(new Ending(kind, code));
                assertThat(frame.memoryUsage()).isPositive();
            }
            assertThat(command.exitCode())
                    .isEqualTo(kind == Ending.Kind.EXITED ? code : 128 + code);
        }
    }

    /** The ending is kept even if the command ends before the agent's JVM has started. */
    @Test
    void keepsTheLastWordsOfACommandThatFailsAtOnce() throws Exception {
        environment.put("ENCLAVE_METRICS_LAST_WORDS_MS", "60000");
        try (RunningProcess command = supervise("exit 7")) {
            command.lineWith("listens on");
            command.await(
                    "the last words", () -> new Ending(Ending.Kind.EXITED, 7).equals(ending()));
            assertThat(command.exitCode()).isEqualTo(7);
        }
    }

    /** Returns the ending in the first frame; null without a frame or an ending. */
    private @Nullable Ending ending() {
        try (AgentConnection connection = new AgentConnection(socket)) {
            return connection.next().ending();
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void endsAsTheCommandThoughTheAgentWasKilled() throws Exception {
        String killed =
                "for p in /proc/[0-9]*; do grep -qs [l]ast-words=stdin $p/cmdline &&"
                        + " grep -qs "
                        + socket
                        + " $p/environ && kill -9 ${p#/proc/}; done;"
                        + " read line <"
                        + folder
                        + "/go; exit 4";
        try (RunningProcess command = supervise("sleep 1; " + killed)) {
            go();
            assertThat(command.exitCode()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "USR1"})
    void passesSignalsOn(String signal) throws Exception {
        String script = "trap 'exit 9' " + signal + "; echo ready; while :; do sleep 0.1; done";
        // A shell cannot trap a signal that was ignored at its start, as SIGINT is in background
        // jobs.
        String[] command = {"env", "--default-signal=" + signal, "sh", "-c", script};
        try (RunningProcess process = supervise(command)) {
            process.lineWith("ready");
            process.signal(signal);
            assertThat(process.exitCode()).isEqualTo(9);
        }
    }

    @Test
    void saysThatThereIsNoSuchCommand() throws Exception {
        try (RunningProcess command =
                new RunningProcess(environment, script(), "--supervise", "/no/such/command")) {
            command.lineWith("cannot run /no/such/command");
            assertThat(command.exitCode()).isEqualTo(127);
        }
    }

    private void go() throws IOException {
        try (Writer writer = Files.newBufferedWriter(folder.resolve("go"))) {
            writer.write("go\n");
        }
    }

    private RunningProcess supervise(String script) throws IOException {
        return supervise(new String[] {"sh", "-c", script});
    }

    private RunningProcess supervise(String[] command) throws IOException {
        List<String> words = new ArrayList<>(List.of(script(), "--supervise"));
        words.addAll(List.of(command));
        return new RunningProcess(environment, words.toArray(String[]::new));
    }

    private static String script() {
        return RunningProcess.PRODUCT.resolve("run-with-agent").toString();
    }
}
