package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.launcher.serve.MetricsClient;
import dev.enclavemetrics.testing.Chromium;
import dev.enclavemetrics.testing.ChromiumPage;
import dev.enclavemetrics.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status page in a real Chromium, served by the processes of a real launcher and a real agent.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // by start()
class StatusPageIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path AGENT = Path.of("../enclave-agent/target/enclave-agent.jar");
    private static final Path LAUNCHER = Path.of("target/launcher.jar");

    /**
     * A script that returns the height of a colour's line, from 0 to 1, at a time before now; null
     * without a line.
     */
    private static final String LINE =
            """
            (secondsAgo, variable) => {
              const canvas = document.querySelector('#chart canvas');
              const over = document.querySelector('#chart .u-over');
              const probe = document.createElement('canvas').getContext('2d');
              probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(variable);
              probe.fillRect(0, 0, 1, 1);
              const color = probe.getImageData(0, 0, 1, 1).data;
              const scale = canvas.width / canvas.clientWidth;
              const spanS = 60; // of a launcher that is younger than this
              const x = over.offsetLeft + over.clientWidth * (1 - secondsAgo / spanS);
              const rows = [];
              for (let column = -6; column <= 6; column++) { // a dashed line has holes
                const pixels = canvas.getContext('2d').getImageData(
                    Math.round((x + column) * scale), Math.round(over.offsetTop * scale),
                    1, Math.round(over.clientHeight * scale)).data;
                for (let row = 0; row < pixels.length / 4; row++) {
                  const far = [0, 1, 2].some((i) => Math.abs(pixels[4 * row + i] - color[i]) > 30);
                  if (!far && pixels[4 * row + 3] > 200) {
                    rows.push(1 - (row + 0.5) / (pixels.length / 4));
                  }
                }
              }
              return rows.length ? rows.reduce((sum, row) => sum + row) / rows.length : null;
            }
            """;

    @TempDir private Path folder;
    private final List<Process> processes = new ArrayList<>();
    private int port;
    private String url;
    private KnownLoad load;
    private Chromium chromium;
    private ChromiumPage page;

    @BeforeEach
    void start() throws Exception {
        assumeThat(Chromium.isInstalled())
                .as("chromium must be installed for this test (Debian: package chromium)")
                .isTrue();
        load = new KnownLoad(folder.resolve("proc"), 0.75);
        port = FreePort.next();
        url = "http://127.0.0.1:" + port + "/";
        launcher();
        new MetricsClient(port).await("/livez", MetricsClient::isFresh);
        chromium = Chromium.start();
        page = chromium.newPage();
    }

    @AfterEach
    void end() throws IOException {
        for (Process process : processes) {
            process.destroyForcibly();
        }
        if (chromium != null) {
            load.close();
            chromium.close();
        }
    }

    private Process run(Path jar, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", jar.toString()));
        command.addAll(List.of(settings));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log" + processes.size()).toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private Process launcher() throws IOException {
        return run(LAUNCHER, "--enclave=unix:" + socket(), "--bind=127.0.0.1", "--port=" + port);
    }

    private Process agent(int intervalMs) throws IOException {
        return run(
                AGENT,
                "listen=unix:" + socket(),
                "proc=" + folder.resolve("proc"),
                "interval=" + intervalMs + "ms",
                "window=" + 2 * intervalMs + "ms");
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private void awaitState(String heading) throws IOException {
        page.await("document.getElementById('state').textContent.startsWith('" + heading + "')");
    }

    private void awaitLine(double secondsAgo, String color, double usage) throws IOException {
        page.await(
                "Math.abs((%s)(%s, '%s') - %s) < 0.02".formatted(LINE, secondsAgo, color, usage));
    }

    private void assertAskedNobodyElseAndComplainedOfNothing() {
        assertThat(page.requests()).containsOnly(url, url + "events");
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void drawsTheLoadThatThereIs() throws Exception {
        page.go(url);
        awaitState("NotConnected");
        agent(100);
        awaitState("Fresh");

        page.await("document.getElementById('cpu').textContent === '75.0\\u00a0%'");
        page.await("document.getElementById('memory').textContent === '40.0\\u00a0%'");
        awaitLine(1.2, "--cpu", 0.75);
        awaitLine(1.2, "--memory", 0.4);

        load.cpu(0.25);
        page.await("document.getElementById('cpu').textContent === '25.0\\u00a0%'");
        awaitLine(1.2, "--cpu", 0.25);
        assertAskedNobodyElseAndComplainedOfNothing();
    }

    @Test
    void showsTheAgentsDeathWithinThreeIntervalsAndLeavesAGap() throws Exception {
        int intervalMs = 1000;
        page.go(url);
        Process agent = agent(intervalMs);
        awaitState("Fresh");
        awaitLine(1.2, "--cpu", 0.75);
        page.evaluate(
                """
                new MutationObserver(() => {
                  window.seenAt = window.seenAt || Date.now();
                }).observe(document.getElementById('message'), {childList: true, subtree: true})
                """);
        long killedAtMs = System.currentTimeMillis();
        agent.destroyForcibly();

        awaitState("Stale since ");
        assertThat(page.evaluate("window.seenAt").asLong() - killedAtMs)
                .isLessThanOrEqualTo(3L * intervalMs);
        page.await("document.getElementById('cpu').textContent === '–'");
        page.await(
                "document.getElementById('next').textContent.includes('retries at least every 5"
                        + " s')");

        agent(intervalMs);
        awaitState("Fresh");
        awaitLine(0.8, "--cpu", 0.75);
        assertThat(page.evaluate(brokenLines()).asInt()).isEqualTo(2);
        assertAskedNobodyElseAndComplainedOfNothing();
    }

    /** Returns a script that counts the pieces of the CPU line in the whole chart. */
    private static String brokenLines() {
        return """
        (() => {
          let pieces = 0, drawn = false;
          for (let ago = 59.5; ago > 0.5; ago -= 0.2) {
            const now = (%s)(ago, '--cpu') !== null;
            pieces += now && !drawn ? 1 : 0;
            drawn = now;
          }
          return pieces;
        })()
        """
                .formatted(LINE);
    }

    @Test
    void saysThatItLostTheLauncherAndComesBackByItself() throws Exception {
        agent(100);
        page.go(url);
        awaitState("Fresh");

        processes.get(0).destroyForcibly().waitFor();
        awaitState("Connection to the launcher lost");
        page.await("document.getElementById('cpu').textContent === '–'");

        launcher();
        awaitState("Fresh");
    }
}
