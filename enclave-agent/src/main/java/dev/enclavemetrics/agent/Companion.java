package dev.enclavemetrics.agent;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** The process that the agent runs beside, and with which it ends; or none. */
final class Companion {

    private final @Nullable File process;

    /**
     * A process, by its number.
     *
     * @param pid its number, or {@link AgentConfig#NO_PID}
     */
    Companion(int pid) {
        process = pid == AgentConfig.NO_PID ? null : new File("/proc/" + pid);
    }

    boolean isThere() {
        return process != null && process.exists();
    }

    boolean hasEnded() {
        return process != null && !process.exists();
    }
}
