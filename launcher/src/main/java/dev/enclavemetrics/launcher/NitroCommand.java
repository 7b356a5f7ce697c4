package dev.enclavemetrics.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs {@code nitro-cli describe-enclaves}, for at most so long and at most so much output. */
final class NitroCommand {

    static final String NAME = "nitro-cli";
    static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final long DEADLINE_MS = 5_000;
    private static final long NS_PER_MS = 1_000_000;

    private final String path;
    private final long deadlineMs;

    /**
     * The command as found on a search path.
     *
     * @param path folders, as in the variable PATH
     */
    NitroCommand(String path) {
        this(path, DEADLINE_MS);
    }

    NitroCommand(String path, long deadlineMs) {
        this.path = path;
        this.deadlineMs = deadlineMs;
    }

    /** What the command prints. */
    byte[] describeEnclaves() throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        Process process = new ProcessBuilder(executable().getPath(), "describe-enclaves").start();
        try {
            process.getOutputStream().close();
            FutureTask<byte[]> output = read(process.getInputStream(), "output");
            FutureTask<byte[]> errors = read(process.getErrorStream(), "errors");
            byte[] printed = output.get(leftMs(startNs), TimeUnit.MILLISECONDS);
            if (printed.length > MAX_OUTPUT_BYTES) {
                throw new IOException(
                        NAME + " must print at most " + MAX_OUTPUT_BYTES + " bytes, found more");
            }
            if (!process.waitFor(leftMs(startNs), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                byte[] words = errors.get(leftMs(startNs), TimeUnit.MILLISECONDS);
                throw new IOException(
                        NAME
                                + " describe-enclaves must exit with 0, found "
                                + process.exitValue()
                                + ": "
                                + firstLine(words));
            }
            return printed;
        } catch (TimeoutException e) {
            throw new IOException(
                    NAME
                            + " describe-enclaves must answer within "
                            + deadlineMs
                            + " ms, and was ended; does it answer by hand?",
                    e);
        } catch (ExecutionException e) {
            throw new IOException(NAME + " cannot be read: " + e.getCause(), e);
        } finally {
            // Its children too: one that lives on would keep the pipes open, and their readers.
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
                        + " must be on the PATH for --enclave=nitro, found none in "
                        + path
                        + "; install aws-nitro-enclaves-cli, or write --enclave=vsock:CID:PORT");
    }

    private long leftMs(long startNs) {
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

    private static String firstLine(byte[] words) {
        String text = new String(words, StandardCharsets.UTF_8).strip();
        return text.lines().findFirst().orElse("it says nothing");
    }
}
