package dev.enclavemetrics.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.PrometheusText;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The responses of the simulated launchers, as bytes. For the event loop's thread only. */
final class LauncherAnswers {

    private static final long RENDER_NS = 1_000_000_000; // one frame per second, as from an agent

    private static final String CPU_NAME = "nitro_enclave_cpu_usage";
    private static final String MEMORY_NAME = "nitro_enclave_memory_usage";
    private static final String CPU = "{\"" + CPU_NAME + "\":";
    private static final String MEMORY = ",\"" + MEMORY_NAME + "\":";
    private static final String LINE = "\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = "content-type: application/json\r\n";
    private static final String LENGTH = "content-length: ";
    private static final String END = "\r\n\r\n";

    private static final MetricsFrame FRAME =
            new MetricsFrame(
                    1,
                    3_600_000_000_000L,
                    1000,
                    15_000,
                    Double.parseDouble(AnswerTemplate.USAGE),
                    Double.parseDouble(AnswerTemplate.USAGE),
                    0.7,
                    2,
                    true,
                    false,
                    1L << 30,
                    1L << 29,
                    1L << 26,
                    List.of(11L, 22L, 33L, 44L, 55L, 66L, 77L, 88L),
                    Map.of(),
                    null,
                    List.of());

    /** The target of redirects: an address that belongs to no pod but serves a value. */
    private static final String ELSEWHERE = "http://127.0.0.1:59090/metrics";

    private final PrometheusText prometheus = new PrometheusText(new Counters(), "0.1.0");
    private @Nullable AnswerTemplate json;
    private @Nullable AnswerTemplate text;
    private long renderedNs;

    /** The response of a healthy launcher; each slot has a different CPU usage. */
    ByteBuf healthy(int slot, boolean openMetrics, long nowNs, ByteBufAllocator buffers) {
        if (json == null || text == null || nowNs - renderedNs > RENDER_NS) {
            json = new AnswerTemplate(ok(body(AnswerTemplate.USAGE)), CPU, MEMORY);
            text =
                    new AnswerTemplate(
                            openMetrics(), LINE + CPU_NAME + " ", LINE + MEMORY_NAME + " ");
            renderedNs = nowNs;
        }
        return (openMetrics ? text : json)
                .with(SimulatedPod.cpuMilli(slot), ValueClock.milli(nowNs), buffers);
    }

    /** The OpenMetrics response of the real launcher. */
    private String openMetrics() {
        CurrentValue value = new CurrentValue.Fresh(new ReceivedFrame(FRAME, 0, Instant.EPOCH));
        byte[] body = prometheus.render(value, Format.OPENMETRICS);
        return HEAD
                + "content-type: "
                + Format.OPENMETRICS.contentType()
                + "\r\n"
                + entity(new String(body, US_ASCII));
    }

    /** The response of a hostile launcher, or its first bytes; empty if it sends nothing. */
    byte[] hostile(LauncherKind kind) {
        String stale = "{\"error\":\"the last frame is old\",\"reason\":\"Stale\"}";
        String answer =
                switch (kind) {
                    case NOT_A_NUMBER -> ok(body("NaN"));
                    case NEGATIVE -> ok(body("-1"));
                    case ABOVE_ONE -> ok(body("1e9"));
                    case TEXT_VALUE -> ok(body("\"high\""));
                    case SLOW_BYTES -> ok(body("0.5"));
                    case REDIRECT ->
                            "HTTP/1.1 302 Found\r\nlocation: "
                                    + ELSEWHERE
                                    + "\r\n"
                                    + LENGTH
                                    + "0"
                                    + END;
                    case STALE -> "HTTP/1.1 503 Service Unavailable\r\n" + JSON + entity(stale);
                    case GARBAGE -> "\0\1\2 no HTTP" + END;
                    case TEN_MEGABYTES -> HEAD + JSON + LENGTH + 10 * 1024 * 1024 + END;
                    case ENDLESS -> HEAD + JSON + "\r\n{\"";
                    case MANY_HEADERS -> HEAD;
                    default -> "";
                };
        return answer.getBytes(US_ASCII);
    }

    private static String body(String cpu) {
        return CPU
                + cpu
                + MEMORY
                + AnswerTemplate.USAGE
                + ",\"timestamp\":\""
                + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".123Z")
                + "\",\"window_seconds\":15}";
    }

    private static String ok(String body) {
        return HEAD + JSON + entity(body);
    }

    private static String entity(String body) {
        return "cache-control: no-store\r\n" + LENGTH + body.length() + END + body;
    }
}
