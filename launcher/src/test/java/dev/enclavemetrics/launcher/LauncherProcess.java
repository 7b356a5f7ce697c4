package dev.enclavemetrics.launcher;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A launcher in its own JVM. */
final class LauncherProcess implements Closeable {

    private final Process process;
    private final BufferedReader errors;

    /**
     * Starts a launcher.
     *
     * @param path the PATH on which it looks for nitro-cli
     */
    LauncherProcess(String path, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(
                "-Denclavemetrics.native.dir=" + System.getProperty("enclavemetrics.native.dir"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Launcher.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", path);
        process = builder.start();
        errors = process.errorReader(StandardCharsets.UTF_8);
    }

    /** Reads the log until a line contains the text, and returns the line. */
    String await(String words) throws IOException {
        String line = errors.readLine();
        while (line != null && !line.contains(words)) {
            line = errors.readLine();
        }
        return line == null ? "nothing" : line;
    }

    void sendSigterm() {
        process.toHandle().destroy(); // keeps its output open for reading
    }

    /** Sends a signal that Java has no method for. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for the end of the process and returns its exit code; -1 after a timeout. */
    int exit() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Returns the log lines that were not read yet. */
    List<String> log() {
        return errors.lines().toList();
    }

    List<String> output() {
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        errors.close();
    }
}
