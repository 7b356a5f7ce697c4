package dev.enclavemetrics.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The responses of the simulated launchers, as bytes. For the event loop's thread only. */
final class LauncherAnswers {

    private static final long RENDER_NS = 1_000_000_000; // one frame per second, as from an agent

    private static final String ZERO = "0.000";
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = "content-type: application/json\r\n";
    private static final String LENGTH = "content-length: ";
    private static final String END = "\r\n\r\n";

    /** An address that is no pod's, with a value, as a target of redirects. */
    private static final String ELSEWHERE = "http://127.0.0.1:59090/metrics";

    private byte[] rendered = new byte[0];
    private int valueAt;
    private long renderedNs;

    /** The response of a healthy launcher; each slot has a different value. */
    ByteBuf healthy(int slot, long nowNs, ByteBufAllocator buffers) {
        if (rendered.length == 0 || nowNs - renderedNs > RENDER_NS) {
            String answer = ok(body(ZERO));
            valueAt = answer.indexOf(ZERO) + 2;
            rendered = answer.getBytes(US_ASCII);
            renderedNs = nowNs;
        }
        int milli = SimulatedPod.cpuMilli(slot);
        return buffers.buffer(rendered.length)
                .writeBytes(rendered)
                .setByte(valueAt, '0' + milli / 100)
                .setByte(valueAt + 1, '0' + milli / 10 % 10)
                .setByte(valueAt + 2, '0' + milli % 10);
    }

    /** The response of a hostile launcher, or its beginning; empty if it sends nothing. */
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
                    case STALE -> "HTTP/1.1 503 Service Unavailable\r\n" + entity(stale);
                    case GARBAGE -> "\0\1\2 no HTTP" + END;
                    case TEN_MEGABYTES -> HEAD + JSON + LENGTH + 10 * 1024 * 1024 + END;
                    case ENDLESS -> HEAD + JSON + "\r\n{\"";
                    case MANY_HEADERS -> HEAD;
                    default -> "";
                };
        return answer.getBytes(US_ASCII);
    }

    private static String body(String cpu) {
        return "{\"nitro_enclave_cpu_usage\":"
                + cpu
                + ",\"nitro_enclave_memory_usage\":0.3127,\"timestamp\":\""
                + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".123Z")
                + "\",\"window_seconds\":15}";
    }

    private static String ok(String body) {
        return HEAD + entity(body);
    }

    private static String entity(String body) {
        return JSON + "cache-control: no-store\r\n" + LENGTH + body.length() + END + body;
    }
}
