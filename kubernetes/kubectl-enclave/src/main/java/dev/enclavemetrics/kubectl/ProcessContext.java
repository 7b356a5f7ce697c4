package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.kubectl.show.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The environment of the process.
 *
 * @param variables the environment variables
 * @param console where output goes
 * @param pause waits
 * @param podNamespace the file with the namespace, if this runs in a pod
 */
record ProcessContext(
        Map<String, String> variables,
        Console console,
        Consumer<Duration> pause,
        Path podNamespace) {}
