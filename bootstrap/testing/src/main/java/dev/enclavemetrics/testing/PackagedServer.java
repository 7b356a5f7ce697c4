package dev.enclavemetrics.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of this module as it is shipped: its jar in a process, with the options beside it. */
public final class PackagedServer implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /**
     * Starts it; it need not listen yet.
     *
     * @param name of the jar
     * @param arguments without the port
     */
    public PackagedServer(String name, String... arguments) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path target = Path.of("target");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + target.resolve(name + ".options"));
        command.add("-jar");
        command.add(target.resolve(name + ".jar").toString());
        command.add("--port=" + port);
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).inheritIO().start();
    }

    /** Where it listens, or will. */
    public int port() {
        return port;
    }

    /**
     * Whether it answers a client on a new connection. If the connection is closed, the client
     * retries, as a probe does.
     */
    public boolean answers() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/livez"))
                        .timeout(PATIENCE)
                        .build();
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() - endNs < 0) {
            try {
                return HttpClient.newBuilder()
                                .sslContext(UnfinishedRequests.context())
                                .build()
                                .send(request, BodyHandlers.ofString())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                Thread.onSpinWait(); // not listening yet, or closed to make room
            }
        }
        return false;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
