package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.sample.ProcFile;
import dev.enclavemetrics.agent.sample.ProcText;
import dev.enclavemetrics.agent.settings.AgentConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process that the agent runs for, or none. When it exits, the agent exits too.
 *
 * <p>A zombie counts as exited: its parent may reap it only after the end of its standard error,
 * which the agent holds open too. The file in /proc stays open, so a new process with the same PID
 * is not mistaken for this one.
 */
final class ParentProcess implements Closeable {

    private static final int FIELDS_FROM_STATE_TO_THREADS = 17; // proc_pid_stat(5)

    private final @Nullable ProcFile stat;
    private final ProcText text = new ProcText();
    private boolean ended;

    /**
     * Opens its status in /proc.
     *
     * @param pid of the process, or {@link AgentConfig#NO_PID}
     */
    ParentProcess(int pid) {
        ProcFile file = null;
        if (pid != AgentConfig.NO_PID) {
            try {
                // Not /proc/PID/stat, for which the kernel sums over all threads.
                file = new ProcFile(Path.of("/proc/" + pid + "/task/" + pid + "/stat"));
            } catch (IOException e) {
                ended = true;
            }
        }
        stat = file;
    }

    boolean hasEnded() {
        if (stat != null && !ended) {
            try {
                stat.read();
                ended = hasEnded(text.over(stat.text(), stat.length()));
            } catch (IOException e) { // ESRCH: the process is gone
                ended = true;
            }
        }
        return ended;
    }

    /**
     * Reads {@code pid (name) state … threads …}.
     *
     * @return whether it is a zombie or dead, with no other thread that still runs
     */
    static boolean hasEnded(ProcText text) {
        text.skipPastLast(')');
        text.skipSpaces();
        if (text.atEnd() || (text.peek() != 'Z' && text.peek() != 'X')) {
            return text.atEnd();
        }
        for (int field = 0; field < FIELDS_FROM_STATE_TO_THREADS; field++) {
            text.skipWord();
            text.skipSpaces();
        }
        return !text.atDigit() || text.number() <= 1;
    }

    @Override
    public void close() throws IOException {
        if (stat != null) {
            stat.close();
        }
    }
}
