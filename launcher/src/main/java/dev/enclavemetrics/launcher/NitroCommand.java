package dev.enclavemetrics.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs nitro-cli as found on a search path, for at most so long and at most so much output. */
final class NitroCommand implements NitroRunner {

    static final String NAME = "nitro-cli";
    static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final long NS_PER_MS = 1_000_000;

    private final String path;
    private final String neededFor;
    private final String wayOut;

    /**
     * The command of a search path.
     *
     * @param path folders, as in the variable PATH
     * @param neededFor the setting that needs it
     * @param wayOut what to do where it is not there
     */
    NitroCommand(String path, String neededFor, String wayOut) {
        this.path = path;
        this.neededFor = neededFor;
        this.wayOut = wayOut;
    }

    @Override
    public Ended run(List<String> arguments, long deadlineMs)
            throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        List<String> command = new ArrayList<>(arguments);
        command.add(0, executable().getPath());
        Process process = new ProcessBuilder(command).start();
        try {
            process.getOutputStream().close();
            FutureTask<byte[]> output = read(process.getInputStream(), "output");
            FutureTask<byte[]> errors = read(process.getErrorStream(), "errors");
            byte[] printed = output.get(leftMs(startNs, deadlineMs), TimeUnit.MILLISECONDS);
            if (printed.length > MAX_OUTPUT_BYTES) {
                throw new IOException(
                        NAME + " must print at most " + MAX_OUTPUT_BYTES + " bytes, found more");
            }
            if (!process.waitFor(leftMs(startNs, deadlineMs), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            byte[] words = errors.get(leftMs(startNs, deadlineMs), TimeUnit.MILLISECONDS);
            return new Ended(
                    process.exitValue(),
                    new String(printed, StandardCharsets.UTF_8),
                    new String(words, StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new InterruptedIOException(
                    NAME
                            + " "
                            + arguments.get(0)
                            + " must answer within "
                            + deadlineMs
                            + " ms, and was ended; does it answer by hand?");
        } catch (ExecutionException e) {
            throw new IOException(NAME + " cannot be read: " + e.getCause(), e);
        } finally {
            // Its children too: one that lives on would keep the pipes open, and their readers.
            // The process that holds an enclave is none of them: nitro-cli has set it free.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
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
                        + wayOut);
    }

    private static long leftMs(long startNs, long deadlineMs) {
        return deadlineMs - (System.nanoTime() - startNs) / NS_PER_MS;
    }

    /** Both streams at once, each by its own thread: a full pipe would stop the command. */
    private static FutureTask<byte[]> read(InputStream stream, String name) {
        FutureTask<byte[]> task = new FutureTask<>(() -> stream.readNBytes(MAX_OUTPUT_BYTES + 1));
        Thread thread = new Thread(task, NAME + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
