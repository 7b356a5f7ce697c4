package dev.enclavemetrics.chart;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A real Prometheus, queried over its API (Debian: package prometheus). */
final class Prometheus {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final int port;

    Prometheus(int port) {
        this.port = port;
    }

    static boolean isInstalled() {
        String[] path = System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1);
        return List.of("prometheus", "promtool").stream()
                .allMatch(
                        command ->
                                Arrays.stream(path)
                                        .anyMatch(
                                                folder ->
                                                        Files.isExecutable(
                                                                Path.of(folder, command))));
    }

    /** Returns a response; an empty object while Prometheus is starting. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (ConnectException e) {
            return "{}";
        }
    }

    /** Returns whether a query returns a number, so that a panel shows data. */
    boolean hasData(String query) throws IOException, InterruptedException {
        String answer =
                get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Object root = new Rendered(answer).objects().get(0);
        if (Rendered.text(root, "status").equals("error")) {
            throw new AssertionError(query + ": " + Rendered.text(root, "error"));
        }
        return Rendered.list(root, "data", "result").stream()
                .map(series -> Rendered.list(series, "value").get(1))
                .anyMatch(value -> !"NaN".equals(value));
    }
}
