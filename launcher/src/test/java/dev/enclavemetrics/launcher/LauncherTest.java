package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.enclavemetrics.launcher.serve.HttpClientSocket;
import dev.enclavemetrics.testing.FreePort;
import dev.enclavemetrics.testing.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's process: its exit codes and its output. */
@Timeout(120)
class LauncherTest {

    private final LogLines log = new LogLines();
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Launcher.run(
                arguments,
                Map.of(),
                new PrintStream(results, true, StandardCharsets.UTF_8),
                log.log(),
                launcher -> fail("must not run"));
    }

    @Test
    void printsItsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(results.toString(StandardCharsets.UTF_8)).startsWith("Usage: ");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void printsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(results.toString(StandardCharsets.UTF_8))
                .startsWith("launcher ")
                .hasLineCount(1);
    }

    @Test
    void endsWith2AfterSeveralBadSettings() {
        assertThat(run("--port=0", "--idle-timeout=0s", "--nonsense")).isEqualTo(2);
        assertThat(log.lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("ERROR "))
                .anyMatch(line -> line.contains("--enclave must be given"))
                .anyMatch(line -> line.contains("--nonsense"));
        assertThat(results.size()).isZero();
    }

    @Test
    void endsWith1IfItsPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            int code = run("--enclave=unix:/tmp/none", "--bind=127.0.0.1", "--port=" + port);

            assertThat(code).isEqualTo(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR the HTTP port must be free, found /127.0.0.1:" + port)
                    .contains("in use", "--port");
        }
    }

    @Test
    void endsWith0OnASignal(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        try (LauncherProcess launcher =
                new LauncherProcess(
                        "",
                        "--enclave=unix:" + folder.resolve("agent"),
                        "--bind=127.0.0.1",
                        "--port=" + port)) {
            assertThat(launcher.await(" INFO "))
                    .contains("serves unix:", "at http://127.0.0.1:" + port, "sockets by ");
            try (HttpClientSocket client = new HttpClientSocket(port)) {
                assertThat(client.get("/livez").code()).isEqualTo(200);
                assertThat(client.get("/metrics").code()).isEqualTo(503);
            }

            launcher.sendSigterm();

            assertThat(launcher.exit()).isZero();
            assertThat(launcher.log()).last().asString().endsWith("shut down on SIGTERM");
            assertThat(launcher.output()).isEmpty();
        }
    }
}
