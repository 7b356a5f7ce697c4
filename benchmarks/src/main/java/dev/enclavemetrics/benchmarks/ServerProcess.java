package dev.enclavemetrics.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a separate process, and the kernel's figures about it. */
final class ServerProcess implements Closeable {

    private static final long END_TIMEOUT_S = 5;
    private static final double KIB_PER_MIB = 1024;

    private final Process process;

    ServerProcess(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        // Also when this process is stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    void mustLive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    "each measured process must keep running, found one that exited with "
                            + process.exitValue()
                            + "; its log says why");
        }
    }

    Duration cpu() {
        return cpu(process.toHandle());
    }

    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A line of {@code /proc/PID/status}, such as VmRSS or VmHWM. */
    double mib(String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
            }
        }
        throw new IOException(status + " must have " + name);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS)) {
                System.err.println("a measured process did not exit on SIGTERM, and was killed");
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
