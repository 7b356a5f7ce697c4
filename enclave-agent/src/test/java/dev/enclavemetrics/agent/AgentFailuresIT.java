package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.sample.FakeProc;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way in which the agent can fail, as a process. The JRE of an image contains only the classes
 * that these tests and {@link AgentProcessIT} need, and the messages must be the same with it.
 */
class AgentFailuresIT {

    private static final String READY = "listens on";

    @TempDir private Path folder;
    private String socket;
    private FakeProc proc;

    @BeforeEach
    void needLinux() {
        assumeThat(Path.of("/proc/stat")).exists();
        socket = folder.resolve("s").toString();
        proc = new FakeProc(folder.resolve("proc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | a setting must be key=value",
                "listen=vsock:x:1 | the CID must be",
                "listen=vsock:any:0 | the port must be",
                "listen=vsock:99999999999:1 | the CID must be",
                "listen=hybrid:/x:1 | listen",
                "listen=tcp:1 | vsock:any:PORT or unix:PATH",
                "socket-mode=abc | three octal digits",
                "interval=soon | must be a duration",
                "interval=99999999999999999999s | must be a duration",
                "window=0.5s | must be",
                "peer-cid=none | the CID must be",
                "resolution=0.3 | must be 1/N",
                "resolution=1e-400 | must be 1/N",
                "while-pid=-1 | must be a PID or none",
            })
    void saysWhichSettingIsBad(String setting, String message) throws Exception {
        try (RunningProcess agent = RunningProcess.agent(setting)) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.lines()).singleElement().asString().contains(message);
        }
    }

    @Test
    void saysThatASettingIsGivenTwiceAndWhichVariablesItDoesNotKnow() throws Exception {
        try (RunningProcess agent =
                agent(Map.of("ENCLAVE_METRICS_SPEED", "9"), "interval=1s", "interval=2s")) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.lineWith("ENCLAVE_METRICS_SPEED")).contains("is ignored");
            agent.lineWith("must be given only once");
        }
    }

    @Test
    void saysWhatIsWrongWithThePath() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (String path :
                List.of(folder + "/no/s", file + "/s", "/proc/s", folder + "/" + "x".repeat(200))) {
            try (RunningProcess agent = RunningProcess.agent("listen=unix:" + path)) {
                assertThat(agent.exitCode()).isBetween(1, 2);
                assertThat(agent.lines()).singleElement().asString().contains(path);
            }
        }
    }

    @Test
    void doesNotTakeTheAddressOfAnotherAgent() throws Exception {
        try (RunningProcess first = RunningProcess.agent("listen=unix:" + socket)) {
            first.lineWith(READY);
            try (RunningProcess second = RunningProcess.agent("listen=unix:" + socket)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.lines())
                        .singleElement()
                        .asString()
                        .contains("Another process listens there");
            }
        }
    }

    /** With a vsock module the agent listens; without one its message says what to do. */
    @Test
    void listensOnVsockOrSaysWhatIsMissing() throws Exception {
        try (RunningProcess agent = RunningProcess.agent("listen=vsock:any:59190")) {
            String line = agent.lineWith("vsock");
            assertThat(line).containsAnyOf(READY, "seccomp", "modprobe vsock", "Another process");
        }
    }

    @Test
    void saysThatNeitherTheLibraryNorJnrLoads() throws Exception {
        Path library = folder.resolve("libenclavemetrics.so");
        List<String> command = new ArrayList<>(RunningProcess.javaOfProduct());
        Path jar = folder.resolve("enclave-agent.jar");
        Files.copy(Path.of(RunningProcess.JAR), jar);
        command.addAll(List.of("-jar", jar.toString(), "listen=unix:" + socket));
        for (String found : List.of("does not exist", "does not load")) {
            try (RunningProcess agent = run(command)) {
                assertThat(agent.exitCode()).isEqualTo(1);
                assertThat(agent.lineWith("cannot start")).contains(found, "jnr");
            }
            Files.writeString(library, "no library");
        }
    }

    /**
     * Runs the agents at the same time, since each takes seconds to notice that its counters stand
     * still.
     */
    @Test
    void saysOfTheTextsOfEachKernelThatTheyStandStillOrAreCutOff() throws Exception {
        Map<Path, RunningProcess> agents = new LinkedHashMap<>();
        Path texts = RunningProcess.TARGET.resolve("test-classes/proc");
        try (Stream<Path> folders = Files.list(texts)) {
            for (Path text : folders.sorted().toList()) {
                String listen = "listen=unix:" + folder.resolve("s" + agents.size());
                agents.put(text, RunningProcess.agent(listen, "interval=100ms", "proc=" + text));
            }
            for (Map.Entry<Path, RunningProcess> entry : agents.entrySet()) {
                RunningProcess agent = entry.getValue();
                String problem = agent.lineWith("no sample, so no value: ");
                if (entry.getKey().getFileName().toString().startsWith("truncated-")) {
                    assertThat(problem)
                            .containsAnyOf(
                                    "the first line must be",
                                    "must follow",
                                    "must exist",
                                    "cut off",
                                    "found them constant");
                } else {
                    assertThat(problem).contains("found them constant");
                }
                agent.terminate();
                assertThat(agent.exitCode()).isZero();
                assertThat(agent.lines()).allMatch(line -> line.startsWith("enclave-agent: "));
            }
        } finally {
            for (RunningProcess agent : agents.values()) {
                agent.close();
            }
        }
    }

    private record FileFault(String name, Consumer<FakeProc> write) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<FileFault> fileFaults() {
        return Stream.of(
                new FileFault("no numbers", p -> p.stat("cpu  x\n")),
                new FileFault("nothing", p -> p.stat("")),
                new FileFault("binary", p -> p.stat("\0\1\2\3cpu 99999999999999999999999 1 1\n")),
                new FileFault("a giant", p -> p.stat("cpu0 1\n".repeat(200_000))),
                new FileFault("no memory", p -> p.meminfo("MemTotal: 0 kB\n")),
                new FileFault("too much memory", p -> p.meminfo("MemTotal: " + "9".repeat(30))),
                new FileFault("no mounts", p -> p.mounts("x".repeat(2_000_000))),
                new FileFault("ahead", p -> p.stat(1L << 50, 1L << 51)));
    }

    @ParameterizedTest
    @MethodSource("fileFaults")
    void livesOnWhateverProcSays(FileFault fault) throws Exception {
        try (RunningProcess agent = sampling()) {
            agent.lineWith(READY);
            fault.write().accept(proc);
            agent.await("a line about the fault", () -> agent.lines().size() > 1);
            proc.stat(100, 100).memory(1000, 600, 100).mounts(FakeProc.DISK_MOUNTS);
            agent.terminate();
            assertThat(agent.exitCode()).isZero();
            assertThat(agent.lines()).allMatch(line -> line.startsWith("enclave-agent: "));
        }
    }

    @Test
    void dropsPeersThatSendOrDoNotReadAndServesTheOthers() throws Exception {
        try (RunningProcess agent =
                RunningProcess.agent("listen=unix:" + socket, "interval=100ms")) {
            agent.lineWith(READY);
            List<Connection> silent = new ArrayList<>();
            try (Connection talker = dial()) {
                talker.send(new byte[64], 0, 64);
                agent.lineWith("dropped a peer");
                for (int i = 0; i < 6; i++) {
                    silent.add(dial());
                }
                agent.lineWith("replaced the longest-connected one");
                byte[] magic = new byte[4];
                silent.get(5).receive(magic, 0, magic.length);
                assertThat(magic).asHexString().isEqualTo("4E454D46");
            } finally {
                silent.forEach(Connection::close);
            }
            agent.terminate();
            assertThat(agent.exitCode()).isZero();
        }
    }

    @Test
    void endsInOneLineWhenTheHeapIsFull() throws Exception {
        List<String> command = new ArrayList<>(RunningProcess.javaOfProduct());
        command.addAll(List.of("-Xms2m", "-Xmx3m", "-XX:+ExitOnOutOfMemoryError"));
        // The agent stores a value per core and interval.
        command.addAll(List.of("-jar", RunningProcess.JAR, "listen=unix:" + socket));
        command.addAll(List.of("proc=" + proc.folder, "interval=1s", "window=600s"));
        StringBuilder stat = new StringBuilder("cpu  1 1 1 1 1 1 1 1 0 0\n");
        for (int core = 0; core < 4_000; core++) {
            stat.append("cpu").append(core).append(" 1 1 1 1 1 1 1 1 0 0\n");
        }
        proc.stat(stat + "intr 1\n");
        try (RunningProcess agent = run(command)) {
            assertThat(agent.exitCode()).isEqualTo(3);
            agent.lineWith("java.lang.OutOfMemoryError");
        }
    }

    @ParameterizedTest
    @CsvSource({"C", "POSIX", "C.UTF-8", "en_US.UTF-8", "de_DE@euro", "tr_TR.UTF-8", "ja_JP.eucJP"})
    void runsInEachLocale(String locale) throws Exception {
        try (RunningProcess agent =
                agent(Map.of("LC_ALL", locale, "TZ", "Asia/Kathmandu"), "listen=unix:" + socket)) {
            agent.lineWith(READY);
            agent.terminate();
            assertThat(agent.exitCode()).isZero();
        }
    }

    private Connection dial() throws IOException {
        return Transport.load().dial(new Endpoint.Unix(socket), 10_000);
    }

    private RunningProcess sampling() throws IOException {
        return RunningProcess.agent(
                "listen=unix:" + socket, "interval=100ms", "window=200ms", "proc=" + proc.folder);
    }

    private static RunningProcess agent(Map<String, String> environment, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(RunningProcess.javaOfProduct());
        command.addAll(List.of("-jar", RunningProcess.JAR));
        command.addAll(List.of(settings));
        return new RunningProcess(environment, command.toArray(String[]::new));
    }

    private static RunningProcess run(List<String> command) throws IOException {
        return new RunningProcess(Map.of(), command.toArray(String[]::new));
    }
}
