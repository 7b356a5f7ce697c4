package dev.enclavemetrics.launcher.serve;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Queries a launcher as a user does. */
public final class MetricsClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final int port;

    public MetricsClient(int port) {
        this.port = port;
    }

    public static boolean isFresh(HttpResponse<String> answer) {
        return answer.statusCode() == 200;
    }

    public static boolean isStale(HttpResponse<String> answer) {
        return answer.statusCode() == 503 && answer.body().contains("\"Stale\"");
    }

    public HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> awaitMetrics(Predicate<HttpResponse<String>> expected)
            throws IOException, InterruptedException {
        return await("/metrics", expected);
    }

    /** Sends requests until a response is as expected; fails after a timeout. */
    public HttpResponse<String> await(String path, Predicate<HttpResponse<String>> expected)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String last;
            try {
                HttpResponse<String> answer = get(path);
                if (expected.test(answer)) {
                    return answer;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (ConnectException e) { // the server is still starting
                last = String.valueOf(e);
            }
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("waited in vain; last answer " + last);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
