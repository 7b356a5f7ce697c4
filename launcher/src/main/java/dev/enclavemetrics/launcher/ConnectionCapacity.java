package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import dev.enclavemetrics.launcher.serve.HttpServer;

/**
 * How many HTTP connections the process can have. If the limits do not allow the default, it is
 * lowered; a value that is set is refused.
 */
final class ConnectionCapacity {

    static final int DEFAULT = 1024;
    private static final int MAX = 65_536;

    /** For the JVM (jars, log), the agent's socket, nitro-cli's pipes and one more connection. */
    static final int RESERVED_FILES = 64;

    /** All else on the heap, unfinished requests included. */
    static final long RESERVED_HEAP_BYTES = 12 << 20;

    private ConnectionCapacity() {}

    /** The maximum as set, or what the limits allow; reports a problem if the two contradict. */
    static int of(SettingReader<Setting> settings, ProcessLimits limits, Log log) {
        int max = settings.number(Setting.MAX_CONNECTIONS, 1, MAX, DEFAULT);
        long byFiles = limits.openFiles() - RESERVED_FILES;
        long byHeap = (limits.heapBytes() - RESERVED_HEAP_BYTES) / HttpServer.IDLE_CONNECTION_BYTES;
        long capacity = Math.min(byFiles, byHeap);
        if (max <= capacity) {
            return max;
        }
        String why =
                byFiles < byHeap
                        ? "the process may open "
                                + limits.openFiles()
                                + " files (ulimit -n), of which "
                                + RESERVED_FILES
                                + " are reserved for other uses"
                        : "the heap may have "
                                + (limits.heapBytes() >> 20)
                                + " MiB (-Xmx), of which a connection may take "
                                + (HttpServer.IDLE_CONNECTION_BYTES >> 10)
                                + " KiB, and all else "
                                + (RESERVED_HEAP_BYTES >> 20)
                                + " MiB";
        Given given = settings.get(Setting.MAX_CONNECTIONS);
        if (capacity < 1) {
            settings.problem("there must be room for an HTTP connection, found none: " + why);
        } else if (given != null) {
            settings.refuse(
                    given,
                    "must be at most " + capacity + " here",
                    ": " + why + "; lower it, or raise the limit");
        } else {
            log.warn(
                    "at most " + capacity + " HTTP connections instead of " + DEFAULT + ": " + why);
        }
        return (int) Math.max(1, capacity);
    }
}
