package dev.enclavemetrics.launcher.nitro;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** Runs nitro-cli. */
interface NitroRunner {

    /** What a run that came to its end has left. */
    record Ended(int exitCode, String output, String errors) {}

    /**
     * One run, from its start to its end; maybe one that was started before, and has not been
     * waited for to its end.
     *
     * @param arguments the command and its options
     * @throws InterruptedIOException that says so, if it did not end in time; it goes on
     * @throws IOException that says what to do, if it could not be started or read
     */
    Ended run(List<String> arguments, long deadlineMs) throws IOException, InterruptedException;
}
