package dev.enclavemetrics.kubectl.show;

import java.io.PrintStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Where output goes.
 *
 * @param terminal the terminal that results go to, or null if they go to a file or a pipe
 * @param clock tells when an error is shown
 */
public record Console(
        PrintStream results,
        PrintStream messages,
        @Nullable Terminal terminal,
        InstantSource clock) {}
