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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agent and launcher end and restart, with a short interval. */
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
        cycles(20); // loads classes and libraries first
        long descriptors = OpenDescriptors.count();

        cycles(CYCLES);

        assertThat(OpenDescriptors.count()).isLessThanOrEqualTo(descriptors + 10);
        awaitNoThreads();
    }

    /** Netty reports that a thread has ended shortly before it has. */
    private static void awaitNoThreads() {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!productThreads().isEmpty() && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertThat(productThreads()).isEmpty();
    }

    /** Restarts the agent; every tenth time the launcher as well. */
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

    /**
     * Waits until the response is {@code Stale}; until then, each value must be at most three
     * intervals old.
     */
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

    /**
     * Returns the threads of agent and launcher, not those of the test's HTTP client, whose number
     * varies.
     */
    private static List<String> productThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(frame-receiver|test-agent|http-).*"))
                .toList();
    }
}
