package dev.enclavemetrics.launcher.nitro;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs nitro-cli, found on a search path. A process is never killed once it was started: an
 * enclave's process exits if it cannot send its answer to the nitro-cli that asked, and its enclave
 * ends with it. A caller only stops waiting. The same command is not started twice at a time; the
 * next caller waits for its answer, or gets a late one.
 */
final class NitroCliProcess implements NitroCliRunner {

    static final String NAME = "nitro-cli";
    static final int MAX_OUTPUT_BYTES = 1 << 20;

    private static final Path SHELL = Path.of("/bin/sh");

    /**
     * The command also opens its own pipes for reading: it can write after the launcher has ended.
     */
    private static final String OUTLIVING =
            "[ ! -r /proc/self/fd/1 ] || exec 3</proc/self/fd/1 4</proc/self/fd/2;"
                    + " exec \"$0\" \"$@\"";

    /** A signal to the launcher's process group, such as Ctrl-C, does not end it either. */
    private static final String IGNORING_SIGNALS = "trap '' HUP INT TERM; " + OUTLIVING;

    private final String path;
    private final String neededFor;
    private final String remedy;
    private final Map<List<String>, FutureTask<Ended>> answers = new HashMap<>(); // guarded by this

    /**
     * The command of a search path.
     *
     * @param path folders, as in the environment variable PATH
     * @param neededFor the setting that needs it
     * @param remedy what to do if it is not found
     */
    NitroCliProcess(String path, String neededFor, String remedy) {
        this.path = path;
        this.neededFor = neededFor;
        this.remedy = remedy;
    }

    @Override
    public Ended run(List<String> arguments, long deadlineMs)
            throws IOException, InterruptedException {
        FutureTask<Ended> answer = answer(arguments);
        try {
            Ended ended = answer.get(deadlineMs, TimeUnit.MILLISECONDS);
            forget(arguments, answer);
            return ended;
        } catch (TimeoutException e) {
            throw new InterruptedIOException(
                    NAME
                            + " "
                            + arguments.get(0)
                            + " must answer within "
                            + deadlineMs
                            + " ms, found it still running; it is left running, and its answer is"
                            + " used when it comes");
        } catch (ExecutionException e) {
            forget(arguments, answer);
            throw new IOException(NAME + " cannot be read: " + e.getCause(), e);
        }
    }

    /** The answer of a run that continues or has ended in the meantime, or of a new run. */
    private synchronized FutureTask<Ended> answer(List<String> arguments) throws IOException {
        FutureTask<Ended> answer = answers.get(arguments);
        if (answer == null) {
            Process process =
                    new ProcessBuilder(command(arguments))
                            .redirectInput(new File("/dev/null"))
                            .start();
            answer = inBackground(() -> await(process), "answer");
            answers.put(arguments, answer);
        }
        return answer;
    }

    private synchronized void forget(List<String> arguments, FutureTask<Ended> answer) {
        answers.remove(arguments, answer);
    }

    private List<String> command(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(
                SHELL)) { // no shell: the launcher is the only process of a container
            command.addAll(List.of(SHELL.toString(), "-c"));
            // The process of a new enclave would inherit the ignored signals.
            boolean starts = arguments.get(0).equals(EnclaveSpec.COMMAND);
            command.add(starts ? OUTLIVING : IGNORING_SIGNALS);
        }
        command.add(executable().getPath());
        command.addAll(arguments);
        return command;
    }

    private static Ended await(Process process) throws Exception {
        FutureTask<byte[]> errors = inBackground(() -> read(process.getErrorStream()), "errors");
        byte[] printed = read(process.getInputStream());
        int exitCode = process.waitFor();
        if (printed.length > MAX_OUTPUT_BYTES) {
            throw new IOException(
                    "it must print at most " + MAX_OUTPUT_BYTES + " bytes, found more");
        }
        return new Ended(
                exitCode,
                new String(printed, StandardCharsets.UTF_8),
                new String(errors.get(), StandardCharsets.UTF_8));
    }

    /** Reads to the end, and returns the limit and one byte at most. */
    private static byte[] read(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(MAX_OUTPUT_BYTES + 1);
        stream.transferTo(OutputStream.nullOutputStream());
        return bytes;
    }

    /** Each stream is read by its own thread: a full pipe would block the command. */
    private static <T> FutureTask<T> inBackground(Callable<T> work, String name) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, NAME + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private File executable() throws IOException {
        for (String folder : path.split(File.pathSeparator, -1)) {
            File file = new File(folder, NAME);
            if (!folder.isEmpty() && file.isFile() && file.canExecute()) {
                return file;
            }
        }
        throw new IOException(
                NAME
                        + " must be on the PATH for "
                        + neededFor
                        + ", found none in "
                        + path
                        + "; "
                        + remedy);
    }
}
