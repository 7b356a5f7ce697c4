package dev.enclavemetrics.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A process of the packaged product. Its standard output and error go to one file: a process that
 * it leaves behind may write after its end, when a pipe would be closed.
 */
public final class RunningProcess implements AutoCloseable {

    static final Path TARGET = Path.of("target").toAbsolutePath();

    /** The folder of the packaged agent, in the build or in an image. */
    static final Path PRODUCT = Path.of(System.getProperty("agent.tree", TARGET.toString()));

    static final String JAR = PRODUCT.resolve("enclave-agent.jar").toString();
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    public RunningProcess(Map<String, String> environment, String... command) throws IOException {
        output = Files.createTempFile("process", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    static RunningProcess agent(String... settings) throws IOException {
        List<String> command = new ArrayList<>(javaOfProduct());
        command.addAll(List.of("-jar", JAR));
        command.addAll(List.of(settings));
        return new RunningProcess(Map.of(), command.toArray(String[]::new));
    }

    /** The JVM with its options; that of an image is started as run-with-agent does. */
    static List<String> javaOfProduct() {
        Path jre = PRODUCT.resolve("jre");
        if (!isOfImage()) {
            return List.of(JAVA);
        }
        return List.of(
                jre.resolve("bin/ld.so").toString(),
                "--inhibit-cache",
                "--library-path",
                jre.resolve("lib").toString(),
                jre.resolve("bin/java").toString(),
                "@" + PRODUCT.resolve("enclave-agent.options"));
    }

    static boolean isOfImage() {
        return !PRODUCT.equals(TARGET);
    }

    /** Environment variables that tell run-with-agent which JVM to use; none for an image. */
    static Map<String, String> javaForScript() {
        return isOfImage() ? Map.of() : Map.of("ENCLAVE_METRICS_JAVA", JAVA);
    }

    /** Waits until the output contains a line with the text, and returns the line. */
    public String lineWith(String text) {
        await("a line with \"" + text + "\"", () -> anyLine(text) != null);
        return String.valueOf(anyLine(text));
    }

    private @Nullable String anyLine(String text) {
        return lines().stream().filter(line -> line.contains(text)).findFirst().orElse(null);
    }

    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until a condition holds; fails after a timeout. */
    public void await(String what, BooleanSupplier holds) {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("waited in vain for " + what + "; output: " + lines());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    void terminate() {
        process.destroy(); // SIGTERM
    }

    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        if (new ProcessBuilder("kill", "-s", name, pid).start().waitFor() != 0) {
            throw new IOException("cannot send " + name + " to " + pid);
        }
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    public int exitCode() {
        await("its end", () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
