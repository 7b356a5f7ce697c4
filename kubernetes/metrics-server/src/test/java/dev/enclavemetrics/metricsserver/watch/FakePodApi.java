package dev.enclavemetrics.metricsserver.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists pods in pages of two, never lists ConfigMaps, and ends watches on demand. */
public final class FakePodApi implements AutoCloseable {

    private static final int PAGE = 2;
    private static final String FORBIDDEN =
            """
            {"kind":"Status","apiVersion":"v1","status":"Failure","code":403,"reason":"Forbidden",
            "message":"pods is forbidden: User \\"system:serviceaccount:monitoring:server\\" cannot %s resource \\"pods\\""}
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LinkedBlockingQueue<OutputStream> watches = new LinkedBlockingQueue<>();
    private volatile List<String> pods = List.of();
    private final Semaphore refusals = new Semaphore(0);
    private volatile boolean listsForbidden;
    private volatile boolean watchesForbidden;
    private volatile boolean silent;
    private final Semaphore unanswered = new Semaphore(0);

    public FakePodApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/pods", this::answer);
        server.createContext("/api/v1/namespaces/kube-system/configmaps", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void pods(String... names) {
        pods = List.of(names);
    }

    void forbidLists(boolean forbidden) {
        listsForbidden = forbidden;
    }

    public void forbidWatches(boolean forbidden) {
        watchesForbidden = forbidden;
    }

    /** Sets whether new watches are accepted but never answered. */
    void silenceWatches(boolean silent) {
        this.silent = silent;
    }

    /** Waits for this many more unanswered watches. */
    void awaitUnanswered(int count) throws InterruptedException {
        if (!unanswered.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + count + " watches came");
        }
    }

    /** Waits for this many more rejected requests. */
    public void awaitRefusals(int count) throws InterruptedException {
        if (!refusals.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + count + " requests came to be refused");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        String query = exchange.getRequestURI().getQuery();
        boolean watching = query.contains("watch=true");
        if (watching ? watchesForbidden : listsForbidden) {
            write(exchange, 403, FORBIDDEN.formatted(watching ? "watch" : "list"));
            refusals.release();
            return;
        }
        if (watching && silent) {
            unanswered.release();
            return;
        }
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            write(exchange, 200, ""); // no WebSocket: the client then watches over plain HTTP
        } else if (watching) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            watches.add(exchange.getResponseBody());
        } else {
            write(exchange, 200, list(parameter(query, "continue")));
        }
    }

    private String list(@Nullable String from) {
        List<String> all = pods;
        int start = from == null ? 0 : Integer.parseInt(from);
        int end = Math.min(all.size(), start + PAGE);
        String more = end < all.size() ? ",\"continue\":\"" + end + "\"" : "";
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\""
                + more
                + "},\"items\":["
                + all.subList(start, end).stream()
                        .map(FakePodApi::pod)
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String pod(String name) {
        return ("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"namespace\":\"shop\",\"name\":"
                    + "\"%s\",\"uid\":\"uid-%s\",\"resourceVersion\":\"5\"},\"status\":{}}")
                .formatted(name, name);
    }

    private static @Nullable String parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Leaves existing watches open without further events. */
    void forgetWatches() {
        watches.clear();
    }

    /** Ends the next watch because its resource version has expired. */
    void expireWatch() throws Exception {
        OutputStream watch = nextWatch();
        watch.write(
                ("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
                                + "\"code\":410,\"reason\":\"Expired\",\"status\":\"Failure\"}}\n")
                        .getBytes(StandardCharsets.UTF_8));
        watch.close();
    }

    /** Sends an event on the next watch, which stays open. */
    void send(String event) throws Exception {
        OutputStream watch = nextWatch();
        watch.write((event + "\n").getBytes(StandardCharsets.UTF_8));
        watch.flush();
        watches.add(watch);
    }

    /**
     * Returns an event with only a resource version, as the API server sends about once a minute.
     */
    static String bookmark() {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":"
                   + "{\"resourceVersion\":\"8\",\"creationTimestamp\":null},\"spec\":{\"containers\":null},"
                   + "\"status\":{}}}";
    }

    static String added(String name) {
        return "{\"type\":\"ADDED\",\"object\":" + pod(name) + "}";
    }

    OutputStream nextWatch() throws InterruptedException {
        OutputStream watch = watches.poll(60, TimeUnit.SECONDS);
        if (watch == null) {
            throw new AssertionError("no watch came");
        }
        return watch;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
