package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.serving.http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers one connection with arbitrary bytes, then closes it. */
final class HostileServer implements AutoCloseable {

    interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private final Thread thread;

    HostileServer(String ip, Answer answer) throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getByName(ip));
        thread = new Thread(() -> serve(answer), "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    String request() throws Exception {
        return request.get(20, TimeUnit.SECONDS);
    }

    private void serve(Answer answer) {
        try (Socket socket = listener.accept()) {
            request.complete(head(socket.getInputStream()));
            answer.to(socket.getOutputStream());
            socket.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            request.completeExceptionally(e); // the scraper or the test has closed the connection
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request must end, found " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer zeros(String header, long bytes) {
        return out -> {
            write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n");
            byte[] some = new byte[10_000];
            for (long sent = 0; sent < bytes; sent += some.length) {
                out.write(some);
            }
        };
    }

    /** Sends the text byte by byte, with a pause after each. */
    static Answer slowly(String text, long pauseMs) {
        return out -> {
            CountDownLatch never = new CountDownLatch(1);
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                out.write(b);
                if (never.await(pauseMs, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        };
    }

    static void waitForEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        listener.close();
    }
}
