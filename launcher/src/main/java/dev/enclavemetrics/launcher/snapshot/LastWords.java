package dev.enclavemetrics.launcher.snapshot;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.HealthField;
import dev.enclavemetrics.frame.MetricsFrame;

/** Describes how the enclave's command ended, from the agent's last frame. */
public final class LastWords {

    private static final int SIGKILL = 9;
    private static final double PERCENT = 100;

    private LastWords() {}

    /** Describes the end, without a period. */
    public static String of(Ending ending, MetricsFrame last) {
        long oomKills = last.health().getOrDefault(HealthField.OOM_KILLS, 0L);
        boolean killed = ending.kind() == Ending.Kind.KILLED;
        StringBuilder words = new StringBuilder("the enclave's command ");
        words.append(killed ? "was killed by signal " : "exited with code ").append(ending.code());
        words.append(" (");
        if (oomKills > 0) { // since the enclave's start: one may have been of another process
            words.append(killed && ending.code() == SIGKILL ? "probably out of memory, " : "")
                    .append(oomKills)
                    .append(oomKills == 1 ? " OOM kill, " : " OOM kills, ");
        }
        return words.append("memory usage ")
                .append(Math.round(last.memoryUsage() * PERCENT))
                .append(" %)")
                .toString();
    }
}
