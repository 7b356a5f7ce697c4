package dev.enclavemetrics.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures how old a sample is when {@code /metrics} first shows it: polls the launcher on one
 * connection, and compares the uptime in each new response, which the agent read at the sample,
 * with the same clock. Only for agent and launcher on one machine.
 *
 * <p>{@code FreshnessProbe PORT COUNT} prints p50, p99 and max, in µs, on one line.
 */
public final class FreshnessProbe {

    private static final byte[] REQUEST =
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String UPTIME = "\nnitro_enclave_uptime_seconds ";
    private static final String LENGTH = "content-length: ";
    private static final int WARM_UP = 20;

    private FreshnessProbe() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        long[] agesNs = new long[count];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            long lastNs = 0;
            for (int seen = -WARM_UP; seen < count; ) {
                socket.getOutputStream().write(REQUEST);
                String answer = answer(answers);
                long nowNs = System.nanoTime();
                long sampledNs = uptimeNs(answer);
                if (sampledNs != lastNs && sampledNs != 0) {
                    if (lastNs != 0 && seen >= 0) {
                        agesNs[seen] = nowNs - sampledNs;
                    }
                    lastNs = sampledNs;
                    seen++;
                }
            }
        }
        Arrays.sort(agesNs);
        System.out.printf(
                Locale.ROOT,
                "%.1f %.1f %.1f%n",
                agesNs[count / 2] / 1e3,
                agesNs[count * 99 / 100] / 1e3,
                agesNs[count - 1] / 1e3);
    }

    private static String answer(InputStream answers) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answers.read();
            if (next < 0) {
                throw new EOFException("the launcher closed the connection after: " + head);
            }
            head.append((char) next);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int start = lower.indexOf(LENGTH) + LENGTH.length();
        int length = Integer.parseInt(lower.substring(start, lower.indexOf('\r', start)));
        return new String(answers.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Returns the enclave's uptime in ns; 0 if the text has none. */
    private static long uptimeNs(String text) {
        int start = text.indexOf(UPTIME);
        if (start < 0) {
            return 0;
        }
        int from = start + UPTIME.length();
        return Math.round(Double.parseDouble(text.substring(from, text.indexOf('\n', from))) * 1e9);
    }
}
