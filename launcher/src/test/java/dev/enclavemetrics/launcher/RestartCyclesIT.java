package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.TestAgent;
import dev.enclavemetrics.launcher.serve.MetricsClient;
import dev.enclavemetrics.testing.OpenDescriptors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agent and launcher die and come back, on an accelerated interval. */
class RestartCyclesIT {

    private static final int INTERVAL_MS = 20;
    private static final int WINDOW_MS = 200;
    private static final int CYCLES = 200;
    private static final Path REAL_PROC = Path.of("/proc");

    @TempDir private Path folder;
    private Path socket;

    @BeforeEach
    void nameSocket() {
        socket = folder.resolve("s");
    }

    @Test
    void livesThroughTwoHundredDeathsOfEitherSideWithoutALeak() throws Exception {
        assumeThat(REAL_PROC.resolve("stat")).exists();
        cycles(20); // loads what a first time loads
        long descriptors = OpenDescriptors.count();

        cycles(CYCLES);

        assertThat(OpenDescriptors.count()).isLessThanOrEqualTo(descriptors + 10);
        assertThat(productThreads()).isEmpty();
    }

    /** The agent dies and comes back; every tenth time the launcher does too. */
    private void cycles(int count) throws Exception {
        Launcher launcher = TestLauncher.dialling(socket);
        TestAgent agent = new TestAgent(socket, REAL_PROC, INTERVAL_MS, WINDOW_MS);
        MetricsClient client = new MetricsClient(launcher.port());
        try {
            client.awaitMetrics(MetricsClient::isFresh);
            for (int cycle = 0; cycle < count; cycle++) {
                agent.close();
                awaitStale(client);
                if (cycle % 10 == 9) {
                    launcher.close();
                    launcher = TestLauncher.dialling(socket);
                    client = new MetricsClient(launcher.port());
                    assertThat(client.get("/metrics").statusCode()).isEqualTo(503);
                }
                agent = new TestAgent(socket, REAL_PROC, INTERVAL_MS, WINDOW_MS);
                client.awaitMetrics(MetricsClient::isFresh);
            }
        } finally {
            agent.close();
            launcher.close();
        }
    }

    /** Until the answer is {@code Stale}, each number is one of the last three intervals. */
    private static void awaitStale(MetricsClient client) throws Exception {
        while (true) {
            Instant askedAt = Instant.now();
            HttpResponse<String> answer = client.get("/metrics");
            if (MetricsClient.isStale(answer)) {
                return;
            }
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode json = JsonMapper.shared().readTree(answer.body());
            Instant sampled = Instant.parse(json.get("timestamp").asString());
            assertThat(sampled).isAfter(askedAt.minusMillis(3 * INTERVAL_MS + 1));
            assertThat(json.get("nitro_enclave_memory_usage").asDouble()).isPositive();
        }
    }

    /** Not those of the test's own HTTP client, whose pool grows as it likes. */
    private static List<String> productThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(frame-receiver|test-agent|http-).*"))
                .toList();
    }
}
