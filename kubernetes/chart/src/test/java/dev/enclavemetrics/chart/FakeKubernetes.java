package dev.enclavemetrics.chart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API server with one Pod that accepts every token and allows every request. */
final class FakeKubernetes implements Closeable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Starts the server.
     *
     * @param pod the Pod as JSON
     */
    FakeKubernetes(String pod) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, pod));
        server.setExecutor(threads);
        server.start();
    }

    /** Returns a kubeconfig for this server. */
    String kubeconfig() {
        return """
        apiVersion: v1
        kind: Config
        current-context: fake
        contexts: [{name: fake, context: {cluster: fake, user: fake}}]
        clusters: [{name: fake, cluster: {server: 'http://127.0.0.1:%d'}}]
        users: [{name: fake, user: {token: none}}]
        """
                .formatted(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, String pod) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            write(exchange, 200, ""); // no WebSocket: the client then watches over plain HTTP
        } else if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush(); // no events
        } else if (path.endsWith("/tokenreviews")) {
            write(exchange, 201, status("\"authenticated\":true,\"user\":{\"username\":\"test\"}"));
        } else if (path.endsWith("/subjectaccessreviews")) {
            write(exchange, 201, status("\"allowed\":true"));
        } else {
            String items = path.endsWith("/pods") ? pod : "";
            write(
                    exchange,
                    200,
                    "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + items + "]}");
        }
    }

    private static String status(String fields) {
        return "{\"status\":{" + fields + "}}";
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
