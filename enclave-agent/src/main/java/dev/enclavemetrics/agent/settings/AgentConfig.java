package dev.enclavemetrics.agent.settings;

import dev.enclavemetrics.agent.application.ApplicationConfig;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the agent.
 *
 * @param listen where the launcher dials
 * @param socketMode permissions of the Unix socket that it listens on, 0 to 0777
 * @param intervalMs the sampling interval, 100 to 60,000 ms
 * @param windowMs the averaging window, 1 to 600 intervals
 * @param peerCid the only vsock peer that may connect, or {@link Endpoint#ANY_CID}
 * @param resolution the step that values are rounded to
 * @param proc the proc filesystem
 * @param whilePid the parent process, with which the agent exits, or {@link #NO_PID}
 * @param application which application metrics leave the enclave, or null for none
 * @param lastWords whether standard input reports how the command ended
 */
public record AgentConfig(
        Endpoint listen,
        int socketMode,
        int intervalMs,
        int windowMs,
        int peerCid,
        Resolution resolution,
        Path proc,
        int whilePid,
        @Nullable ApplicationConfig application,
        boolean lastWords) {

    public static final int NO_PID = 0;

    /** The window in intervals, rounded up. */
    public int windowIntervals() {
        return (windowMs + intervalMs - 1) / intervalMs;
    }
}
