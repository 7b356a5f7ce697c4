package dev.enclavemetrics.testing;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with an empty profile, controlled over the DevTools protocol. */
public final class Chromium implements Closeable {

    private static final String COMMAND = "chromium";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path profile;
    private final Process process;
    private final int port;

    private Chromium(Path profile, Process process) throws IOException {
        this.profile = profile;
        this.process = process;
        this.port = awaitPort();
    }

    /** Whether it is on the PATH (Debian: package chromium). */
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, COMMAND)));
    }

    /** Starts a browser. */
    public static Chromium start() throws IOException {
        Path profile = Files.createTempDirectory("chromium");
        ProcessBuilder command =
                new ProcessBuilder(
                        COMMAND,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank");
        command.redirectErrorStream(true).redirectOutput(profile.resolve("log").toFile());
        return new Chromium(profile, command.start());
    }

    /** Waits for the file in the profile in which Chromium writes its port. */
    private int awaitPort() throws IOException {
        Path file = profile.resolve("DevToolsActivePort");
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < PATIENCE_NS && process.isAlive()) {
            Optional<String> line = firstLine(file);
            if (line.isPresent()) {
                return Integer.parseInt(line.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        process.destroyForcibly();
        throw new IOException(
                COMMAND + " did not start: " + Files.readString(profile.resolve("log")));
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() < 2 ? Optional.empty() : Optional.of(lines.get(0));
    }

    /** Opens an empty tab. */
    public ChromiumPage newPage() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
        String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        String url =
                JsonMapper.shared().readTree(answer).required("webSocketDebuggerUrl").asString();
        return ChromiumPage.connect(client, URI.create(url));
    }

    @Override
    public void close() throws IOException {
        // First the parent, so that it starts no more.
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly); // it has nothing to save
        processes.forEach(ended -> ended.onExit().join());
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!hasDeletedProfile()) {
            if (System.nanoTime() - endNs > 0) {
                throw new IOException(profile + " must be deleted, found that this fails");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** False if a helper process, of which Chromium is not the parent, still writes there. */
    private boolean hasDeletedProfile() {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
