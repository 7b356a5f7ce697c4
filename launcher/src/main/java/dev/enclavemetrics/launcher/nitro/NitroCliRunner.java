package dev.enclavemetrics.launcher.nitro;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** Runs nitro-cli. */
interface NitroCliRunner {

    /** The result of a run. */
    record Ended(int exitCode, String output, String errors) {}

    /**
     * Waits for one run; it may have been started by an earlier call that stopped waiting.
     *
     * @param arguments the command and its options
     * @throws InterruptedIOException if it did not end in time; it keeps running
     * @throws IOException that says what to do, if it could not be started or read
     */
    Ended run(List<String> arguments, long deadlineMs) throws IOException, InterruptedException;
}
