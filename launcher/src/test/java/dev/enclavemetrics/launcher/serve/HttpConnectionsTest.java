package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.launcher.serve.HttpClientSocket.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server keeps connections, and how it handles hostile clients. */
@Timeout(60)
class HttpConnectionsTest {

    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(100);

    private TestServer server;
    private HttpClientSocket client;

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer(1024, IDLE_TIMEOUT);
        server.receives(1, 0.4213);
        client = server.client();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** After each attack, the server must serve the next client. */
    private void assertLivesOn() throws IOException {
        try (HttpClientSocket next = server.client()) {
            assertThat(next.get("/metrics").code()).isEqualTo(200);
        }
    }

    @Test
    void keepsAConnectionForManyRequests() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(client.get("/metrics").code()).isEqualTo(200);
        }
        assertThat(server.counters.httpConnections).hasValue(1);
    }

    @Test
    void closesTheConnectionIfAskedTo() throws Exception {
        Received answer = client.get("/metrics", "Connection: close");

        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void closesAnHttp10ConnectionUnlessAskedToKeepIt() throws Exception {
        Received kept =
                client.send("GET /metrics HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").receive();
        Received closed = client.send("GET /metrics HTTP/1.0\r\n\r\n").receive();

        assertThat(kept.header("Connection")).isEqualTo("keep-alive");
        assertThat(closed.code()).isEqualTo(200);
        assertThat(closed.header("Connection")).isEqualTo("close");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void answersAClientThatHasEndedItsOutput() throws Exception {
        client.request("GET /metrics").endOutput();

        assertThat(client.receive().code()).isEqualTo(200);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        String[] paths = {"/livez", "/absent", "/metrics", "/readyz"};
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            requests.append("GET ").append(paths[i % 4]).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        client.send(requests.toString());

        String[] bodies = {"{\"live\"", "{\"error\"", "{\"nitro", "{\"ready\""};
        for (int i = 0; i < 1000; i++) {
            assertThat(client.receive().body()).startsWith(bodies[i % 4]);
        }
    }

    @Test
    void answersNothingAfterARequestToClose() throws Exception {
        client.send(
                """
                GET /livez HTTP/1.1\r
                Host: x\r
                Connection: close\r
                \r
                GET /readyz HTTP/1.1\r
                Host: x\r
                \r
                """);

        assertThat(client.receive().body()).isEqualTo("{\"live\":true}");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void skipsAShortBody() throws Exception {
        client.send("GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 26\r\n\r\n")
                .send("GET /absent HTTP/1.1\r\n\r\n....");
        assertThat(client.receive().code()).isEqualTo(200);

        client.send("POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                .send("3\r\nabc\r\n0\r\n\r\n");
        assertThat(client.receive().code()).isEqualTo(405);
        assertThat(client.get("/livez").code()).isEqualTo(200);
    }

    @Test
    void refusesALongBodyAtItsAnnouncement() throws Exception {
        Received answer = client.get("/metrics", "Content-Length: 8193");

        assertThat(answer.code()).isEqualTo(413);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void refusesALongBodyOnceItIsTooLong() throws Exception {
        client.request("GET /metrics", "Transfer-Encoding: chunked");
        for (int i = 0; i < 9; i++) {
            client.send("400\r\n" + "x".repeat(0x400) + "\r\n");
        }

        assertThat(client.receive().code()).isEqualTo(413);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void asksForABodyThatAwaitsIt() throws Exception {
        client.request("GET /metrics", "Content-Length: 2", "Expect: 100-continue");
        assertThat(client.receiveHead().head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

        client.send("hi");
        assertThat(client.receive().code()).isEqualTo(200);
    }

    @Test
    void refusesALongBodyBeforeItIsSent() throws Exception {
        client.request("GET /metrics", "Content-Length: 9999", "Expect: 100-continue");

        assertThat(client.receive().code()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /metrics HTTP/1.1\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\nHost: b\\n\\n | 400",
                "GET /metrics HTTP/2.0\\nHost: a\\n\\n | 505",
                "GET /metrics HTTP/1.1\\nHost: a\\nExpect: wonders\\n\\n | 417",
                "GET /metrics HTTP/1.1\\nHost: a\\nTransfer-Encoding: gzip\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\nTransfer-Encoding: gzip, chunked\\n\\n | 501",
                "GET /metrics HTTP/1.1\\n"
                        + "Host: a\\n"
                        + "Transfer-Encoding: chunked\\n"
                        + "Transfer-Encoding: chunked\\n"
                        + "\\n"
                        + " | 400",
                "GET /metrics HTTP/1.0\\nTransfer-Encoding: chunked\\n\\n | 400",
                "GET /metrics HTTP/1.1\\n"
                        + "Host: a\\n"
                        + "Transfer-Encoding: chunked\\n"
                        + "Content-Length: 3\\n"
                        + "\\n"
                        + " | 400",
                "GET /met\u0000rics HTTP/1.1\\nHost: a\\n\\n | 400",
                "GET /met\u007frics HTTP/1.1\\nHost: a\\n\\n | 400",
                "GET /\u00e4 HTTP/1.1\\nHost: a\\n\\n | 400",
                "GET /metrics HTTP/1.0\\nHost: a b\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\nContent-Length: -1\\n\\n | 400",
                "GET /metrics HTTP/1.1\\n"
                        + "Host: a\\n"
                        + "Content-Length: 1\\n"
                        + "Content-Length: 2\\n"
                        + "\\n"
                        + " | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\nContent-Length: x\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost : a\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\n: b\\n\\n | 400",
                "GET /metrics HTTP/1.1\\nHost: a\\nX: a\u0001b\\n\\n | 400",
                "GET /metrics\\n\\n | 400",
                "GET\\n\\n | 400",
                "hello\\n\\n | 400"
            })
    void refusesWhatIsNoProperRequest(String request, int code) throws Exception {
        client.send(request.replace("\\n", "\r\n"));

        Received answer = client.receive();

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).endsWith(",\"reason\":\"BadRequest\"}");
        assertThat(client.isEnded()).isTrue();
        assertLivesOn();
    }

    @Test
    void refusesALongRequestLine() throws Exception {
        Received answer = client.get("/metrics?" + "x".repeat(5000));

        assertThat(answer.code()).isEqualTo(414);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void refusesLongHeaders() throws Exception {
        Received answer = client.get("/metrics", "X: " + "x".repeat(9000));

        assertThat(answer.code()).isEqualTo(431);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void refusesManyHeaders() throws Exception {
        Received answer = client.get("/metrics", "X: y\r\n".repeat(3000) + "X: y");

        assertThat(answer.code()).isEqualTo(431);
    }

    @Test
    void refusesManyHeadersHoweverFewBytesTheyAre() throws Exception {
        String others = "\r\na:".repeat(RequestRules.MAX_HEADERS - 2); // Host is a header too

        assertThat(client.get("/metrics", "a:" + others).code()).isEqualTo(200);
        assertThat(client.get("/metrics", "a:\r\na:" + others).code()).isEqualTo(431);
    }

    @Test
    void refusesManyTrailersHoweverFewBytesTheyAre() throws Exception {
        client.send(
                "GET /metrics HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                        + "a:\r\n".repeat(RequestRules.MAX_HEADERS + 2));

        assertThat(client.receive().code()).isEqualTo(400);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void letsAClientReadItsRefusalThoughItIsStillSending() throws Exception {
        client.send("GET /metrics HTTP/1.1\r\nX: ");
        for (int i = 0; i < 500; i++) {
            client.send("x".repeat(1000));
        }

        assertThat(client.receive().code()).isEqualTo(431);
    }

    @Test
    void cutsOffARefusedClientThatSendsOn() throws Exception {
        client.send("nonsense\r\n\r\n");
        assertThat(client.receive().code()).isEqualTo(400);
        assertThat(client.isEnded()).isTrue();

        server.clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(
                        () -> {
                            while (true) {
                                client.send("more");
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void survivesGarbage(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[random.nextInt(4000)];
            random.nextBytes(garbage);
            try (HttpClientSocket hostile = server.client()) {
                hostile.send(new String(garbage, StandardCharsets.ISO_8859_1));
            }
        }
        assertLivesOn();
    }

    @Test
    void survivesEveryPrefixOfARequest() throws Exception {
        String request = "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n";
        for (int length = 0; length < request.length(); length++) {
            try (HttpClientSocket hostile = server.client()) {
                hostile.send(request.substring(0, length)).endOutput();
                assertThat(hostile.isEnded()).isTrue();
            }
        }
        assertLivesOn();
    }

    @Test
    void takesARequestByteByByte() throws Exception {
        for (char c : "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".toCharArray()) {
            client.send(String.valueOf(c));
        }

        assertThat(client.receive().code()).isEqualTo(200);
    }

    @Test
    void cutsIdleConnections() throws Exception {
        client.get("/metrics");

        server.clock.advance(IDLE_TIMEOUT);

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void cutsAClientThatNeverFinishesItsHeaders() throws Exception {
        client.get("/metrics");
        client.send("GET /metrics HTTP/1.1\r\n");
        server.clock.advance(IDLE_TIMEOUT.minusMillis(1));
        client.send("X: y\r\n");
        server.clock.advance(Duration.ofMillis(1));

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    @Timeout(600) // three waits for each of the requests
    void stopsReadingFromAClientThatDoesNotRead() throws Exception {
        String requests = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
        Thread sender =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    client.send(requests);
                                }
                            } catch (IOException e) {
                                // the server closes the connection, as expected
                            }
                        });
        sender.start();
        // Once the kernel's buffers are full, no more of its requests are answered, while those of
        // another client are. The server's pause for a client that pipelines grows with the number
        // of open connections. To keep it much shorter than the loop, each other connection is
        // closed before the next.
        long answered = -1;
        for (int others = 0; others < 500; others++) {
            long now = server.counters.httpRequests.get(200);
            others = now == answered ? others : 0;
            answered = now;
            try (HttpClientSocket other = server.client()) {
                assertThat(other.get("/absent").code()).isEqualTo(404);
            }
            while (server.counters.httpConnections.get() > 1) {
                Thread.onSpinWait();
            }
        }

        server.clock.advance(IDLE_TIMEOUT);

        sender.join();
    }

    @Test
    void servesAThousandConnectionsAtOnce() throws Exception {
        List<HttpClientSocket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(server.client().request("GET /metrics"));
            }
            for (HttpClientSocket one : clients) {
                assertThat(one.receive().code()).isEqualTo(200);
            }
            assertThat(server.counters.httpConnections).hasValue(1001);
        } finally {
            for (HttpClientSocket one : clients) {
                one.close();
            }
        }
        assertLivesOn();
        assertThat(server.log.lines()).isEmpty();
    }

    @Test
    void answersAProbeThoughAllConnectionsAreIdleHalvesOrPages() throws Exception {
        try (TestServer full = new TestServer(64, Duration.ofSeconds(60))) {
            full.receives(1, 0.4213);
            List<HttpClientSocket> others = new ArrayList<>();
            try {
                HttpClientSocket page = full.client().request("GET /events");
                others.add(page);
                assertThat(page.receiveHead().code()).isEqualTo(200); // now it counts as a page
                assertThat(page.receiveEvent()).contains("event: history\n");
                for (int i = 0; i < 200; i++) {
                    HttpClientSocket other = full.client();
                    others.add(i % 2 == 0 ? other : other.send("GET /metrics HTTP/1.1\r\nX"));
                }
                for (int i = 0; i < 10; i++) {
                    try (HttpClientSocket probe = full.client()) {
                        assertThat(probe.get("/livez").code()).isEqualTo(200);
                    }
                }
                full.latest.lost("gone");
                assertThat(page.receiveEvent()).as("the page").contains(": gone");
                assertThat(others.get(1).isEnded()).as("the longest idle").isTrue();
                assertThat(full.counters.httpConnections.get()).isBetween(1, 64);
                assertThat(full.log.lines()).hasSize(1);
            } finally {
                for (HttpClientSocket other : others) {
                    other.close();
                }
            }
        }
    }

    @Test
    void closesAClientThatAsksOnWithoutReading() throws Exception {
        try (HttpClientSocket hostile = new HttpClientSocket(server.port(), 4096)) {
            String requests =
                    "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n".repeat(1000);

            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    hostile.send(requests);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
        assertLivesOn();
    }

    @Test
    void closesTheOldestOfManyClientsThatHoldAPartOfARequest() throws Exception {
        List<HttpClientSocket> halves = new ArrayList<>();
        try {
            for (int i = 0; i <= OpenConnections.MAX_HOLDING; i++) {
                halves.add(server.client().send("GET /metrics HTTP/1.1\r\nX: y"));
                assertLivesOn(); // the previous part has been read by now
            }

            assertThat(halves.get(0).isEnded()).isTrue();
            assertThat(halves.get(1).send("\r\nHost: x\r\n\r\n").receive().code()).isEqualTo(200);
        } finally {
            for (HttpClientSocket half : halves) {
                half.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /metrics HTTP/1.1\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a b\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
                "HEAD /metrics HTTP/2.0\r\nHost: a\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x, chunked\r\n\r\n",
                "HEAD /m\u0000 HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void refusesHeadWithoutABody(String request) throws Exception {
        Received refusal = client.send(request).receiveHead();

        assertThat(refusal.code()).isGreaterThanOrEqualTo(400);
        assertThat(client.isEnded()).as("nothing follows").isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | the request line must be",
                "GET /metrics | the request line must be",
                "GET /metrics HTTP/1.1\\nHost: a\\nX : y | each header must be",
                "GET /metrics HTTP/1.1\\nHost: a\\nX: y\u0001z | each header must be",
                "GET /metrics HTTP/1.1\\nHost: a\\nContent-Length: x | each header must be",
                "GET /metrics HTTP/1.1\\nX: y | one Host header",
                "GET /metrics HTTP/1.1\\nHost: a@b | one Host header",
                "GET /m\u0000 HTTP/1.1\\nHost: a | the target must be",
            })
    void saysWhichPartOfARequestIsWrong(String head, String words) throws Exception {
        client.send(head.replace("\\n", "\r\n") + "\r\n\r\n");

        assertThat(client.receive().body()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "localhost:59090",
                "10.0.0.1",
                "[fd00::1]:59090",
                "[::1]",
                "a_b.c-d.svc:80",
                "[fe80::1%25eth0]",
                "x:",
                "EXAMPLE.com.",
                "a%2Db",
                "any.name.at.all"
            })
    void servesUnderEachProperHost(String host) throws Exception {
        client.send("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(client.receive().code()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a@b",
                "a/b",
                "http://a",
                "[::1",
                "::1",
                "a:b",
                "a:123456",
                "a,b:c",
                "a?",
                "<a>",
                "a%2",
                "\"a\"",
                "a:80:80",
                "\u00e4"
            })
    void refusesWhatIsNoHost(String host) throws Exception {
        client.send("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(client.receive().code()).isEqualTo(400);
    }
}
