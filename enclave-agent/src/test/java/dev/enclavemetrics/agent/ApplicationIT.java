package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent with the application's numbers: in an image, its JRE has what they need. */
class ApplicationIT {

    private static final String METRICS = "queue_depth+small+calls_total+latency_count";
    private static final String ROUNDED = "queue_depth 123456.789\nsmall 0.000123456\n";

    @TempDir private Path folder;

    @BeforeEach
    void needProc() {
        assumeThat(Path.of("/proc/stat")).exists();
    }

    @Test
    void sendsTheNumbersThatTheFileHas() throws Exception {
        Path file = folder.resolve("app.prom");
        Files.writeString(file, ROUNDED + "# TYPE latency summary\nlatency_count 1\n");
        try (RunningProcess agent = agent("file:" + file);
                Connection connection = connected(agent)) {
            FrameDecoder decoder = new FrameDecoder();
            while (next(connection, decoder).application().size() < 3) {}
            assertThat(next(connection, decoder).application())
                    .containsExactly(
                            new ApplicationMetric("queue_depth", 120_000),
                            new ApplicationMetric("small", 0.00012),
                            new ApplicationMetric("latency_count_per_second", 0));
            agent.lineWith("has no series of calls_total");

            Files.delete(file);
            while (!next(connection, decoder).application().isEmpty()) {}
            agent.lineWith("must exist and be readable");
        }
    }

    @Test
    void keepsSamplingWhileNobodyAnswers() throws Exception {
        try (RunningProcess agent = agent("http+unix:" + folder.resolve("none") + ":/metrics");
                Connection connection = connected(agent)) {
            agent.lineWith("Does the application listen there?");
            assertThat(next(connection, new FrameDecoder()).application()).isEmpty();
        }
    }

    private RunningProcess agent(String application) throws IOException {
        return RunningProcess.agent(
                "listen=unix:" + folder.resolve("s"),
                "interval=100ms",
                "window=1s",
                "resolution=0.01",
                "application=" + application,
                "application-metrics=" + METRICS);
    }

    private Connection connected(RunningProcess agent) throws IOException {
        agent.lineWith("listens on");
        return Transport.load().dial(new Endpoint.Unix(folder.resolve("s").toString()), 10_000);
    }

    private static MetricsFrame next(Connection connection, FrameDecoder decoder)
            throws IOException {
        byte[] bytes = new byte[FrameDecoder.MAX_FRAME_BYTES];
        connection.receive(bytes, 0, FrameDecoder.HEADER_BYTES);
        int length = FrameDecoder.frameBytes(bytes);
        connection.receive(bytes, FrameDecoder.HEADER_BYTES, length - FrameDecoder.HEADER_BYTES);
        return decoder.decode(bytes, length);
    }
}
