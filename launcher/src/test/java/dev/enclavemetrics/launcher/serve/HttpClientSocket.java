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

/** A client that sends exactly the bytes it is told to, and reads answers one by one. */
public final class HttpClientSocket implements Closeable {

    private static final int PATIENCE_MS = 20_000;
    private static final int RECEIVE_BYTES = 128 * 1024;

    private final Socket socket;
    private final InputStream input;

    public HttpClientSocket(int port) throws IOException {
        this(port, RECEIVE_BYTES);
    }

    /** One whose kernel holds few bytes or many that are not read yet. */
    public HttpClientSocket(int port, int receiveBytes) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes); // before it connects, or it is no limit
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        input = socket.getInputStream();
    }

    /** One answer. */
    public record Received(int code, String head, String body) {

        /** The value of a header, or an empty one. */
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

    /** Sends a request line and a Host header, and whatever other headers. */
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

    /** An answer that must have no body, as to HEAD. */
    public Received receiveHead() throws IOException {
        String text = until("\r\n\r\n");
        return new Received(Integer.parseInt(text.substring(9, 12)), text, "");
    }

    private String until(String end) throws IOException {
        StringBuilder text = new StringBuilder(); // one char a byte
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

    /** One server-sent event of a stream, with the empty line that ends it. */
    String receiveEvent() throws IOException {
        return until("\n\n");
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the server ends the connection, with nothing more to read. */
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
