package dev.enclavemetrics.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab: opens pages, runs scripts in them, and records their requests and errors. */
public final class ChromiumPage {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final WebSocket socket;

    private ChromiumPage(HttpClient client, URI uri) {
        socket = client.newWebSocketBuilder().buildAsync(uri, new Messages()).join();
    }

    static ChromiumPage connect(HttpClient client, URI uri) throws IOException {
        ChromiumPage page = new ChromiumPage(client, uri);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            page.command(domain + ".enable", Map.of());
        }
        return page;
    }

    /** Joins the parts of a message. */
    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> answer = awaited.remove(message.path("id").asInt(0));
        if (answer != null) {
            answer.complete(message);
        } else {
            events.add(message);
        }
    }

    /** Runs one command of the protocol and returns its result. */
    public JsonNode command(String method, Map<String, ?> parameters) throws IOException {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        awaited.put(id, answer);
        Map<String, ?> message = Map.of("id", id, "method", method, "params", parameters);
        try {
            socket.sendText(JsonMapper.shared().writeValueAsString(message), true).join();
            JsonNode result = answer.get(PATIENCE_NS, TimeUnit.NANOSECONDS);
            if (result.has("error")) {
                throw new IOException(method + " failed: " + result);
            }
            return result.path("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(method + " was not answered", e);
        }
    }

    /** Opens a page and waits until it is loaded. */
    public void go(String url) throws IOException {
        command("Page.navigate", Map.of("url", url));
        await("document.readyState === 'complete'");
    }

    /** The value of an expression in the page, as JSON; promises are awaited. */
    public JsonNode evaluate(String expression) throws IOException {
        JsonNode result =
                command(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + " failed: " + result);
        }
        return result.path("result").path("value");
    }

    /** Waits until a condition holds in the page; fails after a timeout. */
    public void await(String condition) throws IOException {
        long startNs = System.nanoTime();
        while (!evaluate(condition).asBoolean(false)) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError(
                        "timed out waiting for "
                                + condition
                                + "; the page says: "
                                + evaluate("document.body.innerText"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The URLs of all requests so far, except data URLs. */
    public List<String> requests() {
        return events.stream()
                .filter(event -> is(event, "Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asString())
                .filter(url -> !url.startsWith("data:"))
                .toList();
    }

    /** What the page or the browser wrote to the console as an error, and uncaught exceptions. */
    public List<String> errors() {
        return events.stream().filter(ChromiumPage::isError).map(JsonNode::toString).toList();
    }

    private static boolean isError(JsonNode event) {
        return switch (event.path("method").asString("")) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" ->
                    event.at("/params/type").asString("").matches("error|assert");
            case "Log.entryAdded" -> event.at("/params/entry/level").asString("").equals("error");
            default -> false;
        };
    }

    private static boolean is(JsonNode event, String method) {
        return event.path("method").asString("").equals(method);
    }

    /** Shows pages in a window of this size, in the light or the dark color scheme. */
    public void show(int width, int height, boolean dark) throws IOException {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"))));
    }

    /** Writes the whole page as a PNG, even if it is longer than the window. */
    public void screenshot(Path file) throws IOException {
        JsonNode size = command("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
        JsonNode shot =
                command(
                        "Page.captureScreenshot",
                        Map.of(
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of(
                                        "x",
                                        0,
                                        "y",
                                        0,
                                        "width",
                                        size.path("width").asDouble(),
                                        "height",
                                        size.path("height").asDouble(),
                                        "scale",
                                        1)));
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asString()));
    }
}
