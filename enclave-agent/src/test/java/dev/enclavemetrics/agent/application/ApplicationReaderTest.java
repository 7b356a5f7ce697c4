package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.frame.ApplicationMetric;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationReaderTest {

    private static final String BODY = "queue_depth 60\nhttp_requests_total 1000\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final CapturedLog log = new CapturedLog();
    @TempDir private Path folder;

    @Test
    void readsGaugesAsTheyAreAndCountersAsRates() throws IOException {
        Path file = folder.resolve("app.prom");
        ApplicationReader reader = reader("file:" + file);

        Files.writeString(file, BODY);
        reader.read();
        assertThat(metrics(reader)).containsExactly(new ApplicationMetric("queue_depth", 60));
        tick();
        Files.writeString(file, "queue_depth 123456\nhttp_requests_total 1012.5\n");
        reader.read();

        assertThat(metrics(reader))
                .containsExactly(
                        new ApplicationMetric("queue_depth", 123_500),
                        new ApplicationMetric("http_requests_per_second", 12.5));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoValueNowAndSaysSoOnce() throws IOException {
        Path file = folder.resolve("app.prom");
        ApplicationReader reader = reader("file:" + file);
        for (String depth : List.of("NaN", "+Inf", "NaN")) {
            Files.writeString(file, "queue_depth " + depth + "\nhttp_requests_total 1\n");
            reader.read();
            assertThat(metrics(reader)).extracting("name").doesNotContain("queue_depth");
            tick();
        }
        assertThat(log.lines()).isEmpty();

        Files.writeString(file, "queue_depth 1\n");
        reader.read();
        reader.read();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("app.prom has no series of http_requests_total");

        Files.writeString(file, BODY);
        reader.read();
        assertThat(log.lines()).last().asString().contains("application metrics recovered");
    }

    @Test
    void losesItsValuesWhenTheFileGoesAndGetsThemBack() throws IOException {
        Path file = folder.resolve("app.prom");
        ApplicationReader reader = reader("file:" + file);
        Files.writeString(file, BODY);
        reader.read();
        Files.delete(file);
        tick();
        reader.read();
        reader.read();
        assertThat(metrics(reader)).isEmpty();
        Files.writeString(file, BODY);
        tick();
        reader.read();

        assertThat(metrics(reader)).isNotEmpty();
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0))
                .contains("no application metrics from file:" + file)
                .contains("must exist and be readable");
        assertThat(log.lines().get(1)).contains("recovered");
    }

    @Test
    void refusesAFileThatIsNone() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThat(failure("file:" + fifo)).contains("must be a regular file, found a FIFO");
        assertThat(failure("file:" + folder)).contains("must be a regular file, found a directory");
        assertThat(failure("file:" + loop)).contains("Too many levels of symbolic links");
    }

    @Test
    void refusesAFileThatIsCutOff() throws IOException {
        Path file = folder.resolve("app.prom");
        Files.writeString(file, "queue_depth 6");

        assertThat(failure("file:" + file)).contains("is cut off: write another file and rename");
    }

    @Test
    void asksForAnExposition() throws Exception {
        try (RawServer server = new RawServer(OK + "\r\n" + BODY)) {
            ApplicationReader reader = reader(server.address());
            reader.read();

            assertThat(server.request())
                    .startsWith("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:")
                    .contains("\r\nAccept: text/plain;version=0.0.4,application/openmetrics-text")
                    .contains("\r\nConnection: close\r\n");
            assertThat(metrics(reader)).containsExactly(new ApplicationMetric("queue_depth", 60));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 45|queue_depth 60^http_requests_total 1000^xxxx^",
                "content-length:  15 |queue_depth 60^trailing",
                "Transfer-Encoding: chunked|5;x=y@^queue@^a@^_depth 60^@^0@^@^",
                "Transfer-Encoding: chunked|F^queue_depth 60^^0^^",
                "Content-Encoding: identity|queue_depth 60^",
                "Content-Type: application/openmetrics-text; version=1.0.0|queue_depth 60^",
                "X: 1|queue_depth 60^",
            })
    void readsEachFormOfABody(String header, String body) {
        String text = "HTTP/1.0 200 OK\r\n" + header.strip() + "\r\n\r\n" + lines(body);
        try (RawServer server = new RawServer(text)) {
            ApplicationReader reader = reader(server.address());
            reader.read();

            assertThat(metrics(reader)).containsExactly(new ApplicationMetric("queue_depth", 60));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 302 Found@^Location: /x@^@^|the status must be 200, found 302 Found;"
                        + " redir",
                "HTTP/1.1 404 Not Found@^@^|the status must be 200, found 404 Not Found",
                "HTTP/1.1 204 No Content@^@^|the status must be 200, found 204",
                "HTTP/2 200@^@^|the answer must be HTTP/1.1, found HTTP/2 200",
                "SSH-2.0-x@^|the answer must be HTTP/1.1, found SSH-2.0-x",
                "HTTP/1.1 200 OK@^Content-Encoding: gzip@^@^x|must not be compressed",
                "HTTP/1.1 200 OK@^Content-Type: text/html@^@^x|the content type must be text/plain",
                "HTTP/1.1 200 OK@^Content-Length: -1@^@^|the content length must be a number",
                "HTTP/1.1 200 OK@^Content-Length: 99999999999999999999@^@^|must be a number",
                "HTTP/1.1 200 OK@^Content-Length: 99@^@^x 1^|the answer ended before its last byte",
                "HTTP/1.1 200 OK@^Transfer-Encoding: gzip@^@^|transfer encoding must be chunked",
                "HTTP/1.1 200 OK@^Transfer-Encoding: chunked@^@^x|a chunk must begin with its size",
                "HTTP/1.1 200 OK@^Transfer-Encoding: chunked@^@^FFFFFFFFF@^|at most 8 digits",
                "HTTP/1.1 200 OK@^Transfer-Encoding: chunked@^@^2@^x 1^|must end with a line end",
                "HTTP/1.1 200 OK@^Transfer-Encoding: chunked@^@^4@^x 1^@^|ended before its last",
                "HTTP/1.1 200 OK@^|the answer ended before its last byte",
                "''|the answer ended before its last byte",
            })
    void refusesOtherAnswers(String answer, String problem) {
        try (RawServer server = new RawServer(lines(answer))) {
            assertThat(failure(server.address())).contains(problem);
        }
    }

    @Test
    void boundsWhatAServerCanSend() {
        byte[] megabyte = "y".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        assertThat(endless("", megabyte)).contains("header must be at most 16384 bytes");
        assertThat(endless(OK + "\r\n", megabyte)).contains("a line must be at most 65536 bytes");
        byte[] series = "queue_depth{a=\"1\"} 1\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        assertThat(endless(OK + "\r\n", series)).contains("must be at most 8388608 bytes");
    }

    private String endless(String start, byte[] more) {
        try (RawServer server =
                new RawServer(
                        out -> {
                            out.write(start.getBytes(StandardCharsets.US_ASCII));
                            while (true) {
                                out.write(more);
                            }
                        })) {
            return failure(server.address());
        }
    }

    @Test
    void doesNotWaitForASlowServer() {
        RawServer.Answer slowly =
                (OutputStream out) -> {
                    out.write((OK + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write('y');
                        out.flush();
                        nowNs.addAndGet(1_000_000_000); // each byte takes a second
                    }
                };
        try (RawServer server = new RawServer(slowly)) {
            assertThat(failure(server.address())).contains("must be read within 30000ms");
        }
    }

    @Test
    void namesTheRemedyIfNothingListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(failure("http://127.0.0.1:" + port + "/metrics"))
                .contains("ECONNREFUSED")
                .contains("Does the application");
        assertThat(failure("http+unix:" + folder.resolve("s")))
                .contains("ENOENT")
                .contains("Does the application listen there?");
    }

    @Test
    void sendsNoValueThatHasGrownOld() throws IOException {
        Path file = folder.resolve("app.prom");
        Files.writeString(file, BODY);
        ApplicationReader reader = reader("file:" + file);
        reader.read();

        nowNs.addAndGet(3_000_000_000L);
        assertThat(metrics(reader)).isNotEmpty();
        nowNs.addAndGet(1);
        assertThat(metrics(reader)).isEmpty();
    }

    @Test
    void logsAServerThatComesAndGoesOnceAMinute() {
        try (RawServer server = new RawServer(OK + "\r\n" + BODY)) {
            ApplicationReader reader = reader(server.address());
            for (int i = 0; i < 20; i++) {
                server.answer("HTTP/1.1 500 x\r\n\r\n");
                reader.read();
                server.answer(OK + "\r\n" + BODY);
                reader.read();
                tick();
            }
        }
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void saysAtOnceThatTheReasonIsAnother() throws IOException {
        Path file = folder.resolve("app.prom");
        ApplicationReader reader = reader("file:" + file);
        reader.read();
        Files.writeString(file, "queue_depth 1\n");
        reader.read();
        Files.writeString(file, "queue_depth");
        reader.read();

        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(0)).contains("must exist and be readable");
        assertThat(log.lines().get(1)).contains("has no series of http_requests_total");
        assertThat(log.lines().get(2)).contains("is cut off");
    }

    private String failure(String address) {
        ApplicationReader reader = reader(address);
        int before = log.lines().size();
        reader.read();
        reader.read();
        assertThat(metrics(reader)).isEmpty();
        assertThat(log.lines()).as("one line for two failures").hasSize(before + 1);
        return log.lines().get(before);
    }

    private ApplicationReader reader(String address) {
        // A server may really take half of it: long enough for a busy machine.
        int intervalMs = address.startsWith("http") ? 60_000 : 1000;
        return TestReader.of(
                address, "queue_depth+http_requests_total", intervalMs, log, nowNs::get);
    }

    private List<ApplicationMetric> metrics(ApplicationReader reader) {
        return TestReader.metrics(reader, nowNs.get());
    }

    private void tick() {
        nowNs.addAndGet(1_000_000_000);
    }

    /** Replaces ^ with a line feed and @ with a carriage return. */
    private static String lines(String text) {
        return text.replace('^', '\n').replace('@', '\r');
    }
}
