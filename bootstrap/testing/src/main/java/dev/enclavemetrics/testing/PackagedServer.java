package dev.enclavemetrics.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of this module as it is packaged: its jar, with its file of JVM options, as a process.
 */
public final class PackagedServer implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /**
     * Starts the server without waiting until it listens.
     *
     * @param name the name of the jar
     * @param arguments the command line without the port
     */
    public PackagedServer(String name, String... arguments) throws IOException {
        port = FreePort.next();
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

    /** The port on which it listens, maybe not yet. */
    public int port() {
        return port;
    }

    /**
     * Returns whether it answers a request on a new connection. If the connection fails, it
     * retries.
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
                // Not listening yet, or closed for a newer connection.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
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
