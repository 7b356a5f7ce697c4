package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.agent.TestAgent;
import dev.enclavemetrics.launcher.serve.MetricsClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole pipeline: a real agent and a real launcher, in one JVM, from {@code /proc} to HTTP. */
class PipelineTest {

    /** A value is fresh for three of them, which must be enough for two requests. */
    private static final int INTERVAL_MS = 500;

    private static final int LONG_WINDOW_MS = 60_000;

    @TempDir private Path folder;
    private Path socket;

    @BeforeEach
    void nameSocket() {
        socket = folder.resolve("s");
    }

    @Test
    void showsWhatTheKernelCountsAtTheOtherEnd() throws Exception {
        Files.createDirectories(folder.resolve("self"));
        Files.writeString(folder.resolve("self/mounts"), "rootfs / rootfs rw 0 0\n");
        Files.writeString(
                folder.resolve("meminfo"),
                """
                MemTotal:       1000 kB
                MemFree:         590 kB
                MemAvailable:    600 kB
                Cached:          100 kB
                SReclaimable:     10 kB
                Shmem:            20 kB
                """);
        writeCpu(100, 100);
        try (TestAgent agent = new TestAgent(socket, folder, INTERVAL_MS, LONG_WINDOW_MS);
                Launcher launcher = TestLauncher.dialling(socket)) {
            MetricsClient client = new MetricsClient(launcher.port());
            client.awaitMetrics(answer -> answer.body().contains("\"WarmingUp\""));
            writeCpu(175, 125);
            HttpResponse<String> answer = client.awaitMetrics(MetricsClient::isFresh);
            JsonNode json = JsonMapper.shared().readTree(answer.body());

            assertThat(json.get("nitro_enclave_cpu_usage").asDouble()).isEqualTo(0.75);
            assertThat(json.get("nitro_enclave_memory_usage").asDouble()).isEqualTo(0.4);
            assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(client.get("/metrics", "Accept", "text/plain").body())
                    .contains("nitro_enclave_cpu_usage 0.75\n", "nitro_enclave_up 1");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    /**
     * Writes in place and with a constant length, since the agent keeps the file open and reads it
     * at any time.
     */
    private void writeCpu(int busyTicks, int idleTicks) throws IOException {
        String core = " %06d 0 0 %06d 0 0 0 0 0 0\n".formatted(busyTicks, idleTicks);
        String text = "cpu " + core + "cpu0" + core + "intr 0\n";
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve("stat"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            file.write(StandardCharsets.US_ASCII.encode(text), 0);
        }
    }
}
