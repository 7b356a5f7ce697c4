package dev.enclavemetrics.metricsserver.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that sends arbitrary bytes over TLS. */
final class RawTls {

    private static final int PATIENCE_MS = 30_000;

    private RawTls() {}

    static SSLSocket connect(TestApi api) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        TestPki.context(null)
                                .getSocketFactory()
                                .createSocket("127.0.0.1", api.server.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    /** Sends a request and returns everything up to the end of the connection. */
    static String answer(TestApi api, String requestLine, String... headers) throws IOException {
        try (SSLSocket socket = connect(api)) {
            String head =
                    requestLine
                            + "\r\nHost: x\r\nConnection: close\r\n"
                            + String.join("\r\n", headers)
                            + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
