package dev.enclavemetrics.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A client that starts requests over TLS and never completes them. It ignores refusals: the tests
 * expect that the server closes its connections.
 */
public final class UnfinishedRequests implements Closeable {

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_FRAME_BYTES = 16 * 1024; // without other SETTINGS (RFC 9113, 4.2)
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int MAX_INTEGER_PREFIX = 127;

    private final int port;
    private final List<Socket> open = new ArrayList<>();

    /** Attacks the server at this port of the loopback address. */
    public UnfinishedRequests(int port) {
        this.port = port;
    }

    /** Returns a context that trusts every server. */
    public static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /** Opens an HTTP/2 connection with unfinished streams, each with a header of this size. */
    public void http2(int streams, int headerBytes) throws GeneralSecurityException {
        try {
            OutputStream out = connect("h2").getOutputStream();
            out.write(PREFACE);
            out.write(frame(SETTINGS, 0, 0, new byte[0], 0, 0));
            byte[] block = headerBlock(headerBytes);
            for (int stream = 1; stream < 2 * streams; stream += 2) {
                for (int from = 0; from < block.length; from += MAX_FRAME_BYTES) {
                    int length = Math.min(MAX_FRAME_BYTES, block.length - from);
                    int flags = from + length == block.length ? END_HEADERS : 0;
                    int type = from == 0 ? HEADERS : CONTINUATION;
                    out.write(frame(type, flags, stream, block, from, length));
                }
            }
            out.flush();
        } catch (IOException e) {
            // refused
        }
    }

    /** Opens an HTTP/1.1 connection that sends a header of this size and nothing after it. */
    public void http1(int headerBytes) throws GeneralSecurityException {
        try {
            OutputStream out = connect("http/1.1").getOutputStream();
            String head = "GET /livez HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(headerBytes);
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            // refused
        }
    }

    /** Opens a TCP connection without TLS. */
    public void tcp() {
        try {
            open.add(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            // refused
        }
    }

    private SSLSocket connect(String protocol) throws IOException, GeneralSecurityException {
        SSLSocket socket =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Returns an HPACK block: fields of the static table, and literal ones (RFC 7541, 6). */
    private static byte[] headerBlock(int headerBytes) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x87); // :scheme https
        block.write(0x04); // :path
        string(block, "/mutate/pods");
        block.write(0x0f); // content-type, 31
        block.write(31 - 15);
        string(block, "application/json");
        block.write(0x00);
        string(block, "a");
        string(block, "a".repeat(headerBytes));
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < MAX_INTEGER_PREFIX) {
            block.write(length);
        } else {
            block.write(MAX_INTEGER_PREFIX);
            for (int rest = length - MAX_INTEGER_PREFIX; ; rest >>= 7) {
                if (rest < 0x80) {
                    block.write(rest);
                    break;
                }
                block.write((rest & 0x7f) | 0x80);
            }
        }
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(
            int type, int flags, int stream, byte[] payload, int from, int length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(length >> 16);
        frame.write(length >> 8);
        frame.write(length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.write(payload, from, length);
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Checks neither the chain nor the name. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
