package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.launcher.page.EventListeners;
import dev.enclavemetrics.launcher.serve.HttpClientSocket.Received;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events of the status page, over real connections. */
@Timeout(60)
class EventsHttpTest {

    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(100);

    private TestServer server;
    private HttpClientSocket client;

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer(64, IDLE_TIMEOUT);
        server.receives(1, 0.4213);
        client = server.client();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private HttpClientSocket listening() throws IOException {
        return listening(server.client());
    }

    private static HttpClientSocket listening(HttpClientSocket listener) throws IOException {
        assertThat(listener.request("GET /events").receiveHead().code()).isEqualTo(200);
        assertThat(listener.receiveEvent()).contains("event: history\n");
        return listener;
    }

    @Test
    void streamsTheHistoryAndThenEachFrame() throws Exception {
        Received head = client.request("GET /events").receiveHead();

        assertThat(head.head())
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK\r
                        Content-Type: text/event-stream\r
                        Cache-Control: no-store\r
                        X-Accel-Buffering: no\r
                        Date: Tue, 24 Nov 2026 05:40:00 GMT\r
                        Connection: close\r
                        \r
                        """);
        assertThat(client.receiveEvent())
                .startsWith("retry: 2000\nevent: history\ndata: {\"launcher\":\"1.2.3\",")
                .contains("\"cpu\":0.4213,", "\"points\":[[1,0,0.4213,0.3127]]");

        server.clock.advance(Duration.ofSeconds(1));
        server.receives(2, 0.75);

        assertThat(client.receiveEvent())
                .startsWith("event: update\n")
                .contains("\"cpu\":0.75,", "[2,1000,0.75,0.3127]");
    }

    @Test
    void tellsOfTheLossOfTheEnclave() throws Exception {
        try (HttpClientSocket listener = listening()) {
            server.latest.lost("gone");
            assertThat(listener.receiveEvent()).contains("\"state\":\"Fresh\"", ": gone\"");

            server.clock.advance(Duration.ofSeconds(3));
            assertThat(listener.receiveEvent()).contains("\"state\":\"Stale\"");
        }
    }

    @Test
    void answersHeadAsGetButWithoutAStream() throws Exception {
        String head = client.request("HEAD /events").receiveHead().head();

        assertThat(client.isEnded()).isTrue();
        try (HttpClientSocket listener = server.client()) {
            assertThat(listener.request("GET /events").receiveHead().head()).isEqualTo(head);
        }
        assertThat(server.counters.httpRequests.get(200)).isEqualTo(2);
    }

    @Test
    void streamsToHttp10Too() throws Exception {
        assertThat(client.send("GET /events HTTP/1.0\r\n\r\n").receiveHead().code()).isEqualTo(200);
        assertThat(client.receiveEvent()).contains("event: history\n");
    }

    @Test
    void doesNotCutAListenerForBeingIdleButCountsIt() throws Exception {
        try (HttpClientSocket listener = listening()) {
            client.get("/livez");
            assertThat(server.counters.httpConnections).hasValue(2);

            server.clock.advance(IDLE_TIMEOUT);
            assertThat(client.isEnded()).isTrue();

            server.clock.advance(Duration.ofSeconds(5));
            assertThat(listener.receiveEvent()).contains("\"state\":\"Stale\"");
            server.clock.advance(Duration.ofSeconds(5));
            assertThat(listener.receiveEvent()).isEqualTo("event: beat\ndata: \n\n");
        }
    }

    @Test
    void readsNothingMoreFromAListener() throws Exception {
        try (HttpClientSocket listener = listening()) {
            listener.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n");
            server.clock.advance(Duration.ofSeconds(3));

            assertThat(listener.receiveEvent()).startsWith("event: update\n");
        }
    }

    @Test
    void refusesMoreListenersThanItHasRoomForUntilOneLeaves() throws Exception {
        List<HttpClientSocket> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < EventListeners.MAX_LISTENERS; i++) {
                listeners.add(listening());
            }
            Received refused = client.get("/events");
            assertThat(refused.code()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"error\":\"at most 32 status pages may be open, found as many;"
                                    + " close one, or use /metrics\","
                                    + "\"reason\":\"TooManyListeners\"}");
            assertThat(client.get("/metrics").code()).isEqualTo(200);

            listeners.remove(0).close();
            while (client.request("HEAD /events").receiveHead().code() == 503) {
                assertThat(client.get("/livez").code()).isEqualTo(200);
            }
        } finally {
            for (HttpClientSocket listener : listeners) {
                listener.close();
            }
        }
    }

    @Test
    void dropsAListenerThatDoesNotReadAndServesTheOthers() throws Exception {
        int fewBytes = 4096;
        try (HttpClientSocket slow = listening(new HttpClientSocket(server.port(), fewBytes));
                HttpClientSocket other = listening()) {
            String words = "x".repeat(16_000); // fills the kernel's buffers soon
            while (server.counters.httpConnections.get() > 1) { // the idle one is closed at once
                server.clock.advance(Duration.ofSeconds(1));
                server.latest.lost(words);
                assertThat(other.receiveEvent()).startsWith("event: update\n");
            }

            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    slow.receiveEvent(); // what the kernel had buffered
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
