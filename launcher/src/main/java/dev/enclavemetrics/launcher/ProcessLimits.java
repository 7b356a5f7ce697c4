package dev.enclavemetrics.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource limits of this process.
 *
 * @param heapBytes the Java heap
 * @param openFiles file descriptors
 */
record ProcessLimits(long heapBytes, long openFiles) {

    private static final Path LIMITS = Path.of("/proc/self/limits");

    /** Name, soft limit, hard limit and unit; the JVM has raised the soft one to the hard one. */
    private static final Pattern OPEN_FILES =
            Pattern.compile("^Max open files +(\\d{1,18})\\b", Pattern.MULTILINE);

    /** The limits from the kernel and the JVM. */
    static ProcessLimits ofThisProcess() {
        String text;
        try {
            text = Files.readString(LIMITS);
        } catch (IOException e) {
            text = ""; // not on Linux
        }
        return new ProcessLimits(Runtime.getRuntime().maxMemory(), openFiles(text));
    }

    /** The limit in {@code /proc/self/limits}, or the largest number if there is none. */
    static long openFiles(String limits) {
        Matcher matcher = OPEN_FILES.matcher(limits);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    }
}
