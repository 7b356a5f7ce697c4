package dev.enclavemetrics.kubectl;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the process has from outside.
 *
 * @param terminal where results go, if it is one
 * @param pause waits
 * @param podNamespace the file with the namespace of the pod that this may run in
 */
record ProcessContext(
        Map<String, String> environment,
        PrintStream results,
        PrintStream messages,
        @Nullable Terminal terminal,
        InstantSource clock,
        Consumer<Duration> pause,
        Path podNamespace) {}
