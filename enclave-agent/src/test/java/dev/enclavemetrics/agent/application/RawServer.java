package dev.enclavemetrics.agent.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server on loopback that answers each request with bytes that the test writes. */
final class RawServer implements AutoCloseable {

    /** Writes the response on a connection whose request has been read. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile Answer answer;

    RawServer(String answer) {
        this(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    RawServer(Answer answer) {
        this.answer = answer;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    void answer(String next) {
        answer = out -> out.write(next.getBytes(StandardCharsets.ISO_8859_1));
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/metrics";
    }

    String request() throws InterruptedException {
        return requests.take();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                requests.add(read(connection.getInputStream()));
                answer.write(connection.getOutputStream());
                connection.shutdownOutput();
                while (connection.getInputStream().read() >= 0) {}
            } catch (IOException e) {
                // The client or the test has closed the connection.
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            request.append((char) b);
        }
        return request.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
