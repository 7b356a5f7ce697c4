package dev.enclavemetrics.launcher.serve;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends exactly the given bytes, and reads responses one at a time. */
public final class HttpClientSocket implements Closeable {

    private static final int PATIENCE_MS = 20_000;
    private static final int RECEIVE_BYTES = 128 * 1024;

    private final Socket socket;
    private final InputStream input;

    public HttpClientSocket(int port) throws IOException {
        this(port, RECEIVE_BYTES);
    }

    /** Connects with a receive buffer of this size. */
    public HttpClientSocket(int port, int receiveBytes) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes); // has no effect after connecting
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        input = socket.getInputStream();
    }

    /** A response. */
    public record Received(int code, String head, String body) {

        /** Returns the value of a header; empty without it. */
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ": ";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    HttpClientSocket send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends a request with a Host header and these headers. */
    public HttpClientSocket request(String line, String... headers) throws IOException {
        return send(line + " HTTP/1.1\r\nHost: x\r\n" + lines(headers) + "\r\n");
    }

    public Received get(String path, String... headers) throws IOException {
        return request("GET " + path, headers).receive();
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    public Received receive() throws IOException {
        Received head = receiveHead();
        int length = Integer.parseInt(head.header("Content-Length"));
        String body = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        return new Received(head.code(), head.head(), body);
    }

    /** Reads a response without a body, as to HEAD. */
    public Received receiveHead() throws IOException {
        String text = until("\r\n\r\n");
        return new Received(Integer.parseInt(text.substring(9, 12)), text, "");
    }

    private String until(String end) throws IOException {
        StringBuilder text = new StringBuilder(); // one char per byte
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection after: " + text);
            }
            text.append((char) next);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads one server-sent event, including the empty line that ends it. */
    String receiveEvent() throws IOException {
        return until("\n\n");
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the server has closed the connection without sending more. */
    boolean isEnded() {
        try {
            return input.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
