package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.contract.MetricsPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod: all that decides where it is scraped, and whether it may be answered for.
 *
 * @param port where its launcher serves
 * @param hasLauncher whether a container has a launcher's port
 * @param ip the pod's address, or empty before it has one
 * @param phase such as Running
 * @param startTime when kubelet took the pod, if it did
 * @param ready the condition Ready
 * @param readyChangedAt when that condition last changed, if it is known
 * @param terminating deleted, with its time of grace running
 */
public record WatchedPod(
        String uid,
        String namespace,
        String name,
        Map<String, String> labels,
        MetricsPort port,
        boolean hasLauncher,
        String ip,
        String phase,
        @Nullable Instant startTime,
        boolean ready,
        @Nullable Instant readyChangedAt,
        boolean terminating) {

    /** The name of the port by which the webhook, too, recognizes a launcher. */
    public static final String LAUNCHER_PORT = "enclave-metrics";

    private static final Duration INITIAL_READINESS_DELAY = Duration.ofSeconds(30);

    /**
     * When the pod first became Ready, by one look at it; null if it never was. A pod that is not
     * Ready now was Ready before if the condition last changed well after its start: kubelet writes
     * the first False at the start itself. The HPA controller draws the same line, its initial
     * readiness delay. Such a pod then counts as Ready since its start: what overload made unready
     * must not lose its value only because this server was started again.
     */
    @Nullable Instant firstReadyAt() {
        if (ready) {
            return readyChangedAt != null
                    ? readyChangedAt
                    : Objects.requireNonNullElse(startTime, Instant.EPOCH);
        }
        return startTime != null
                        && readyChangedAt != null
                        && readyChangedAt.isAfter(startTime.plus(INITIAL_READINESS_DELAY))
                ? startTime
                : null;
    }

    /** Whether an answer from where this pod is scraped is one for the other too. */
    boolean sameTarget(WatchedPod other) {
        return uid.equals(other.uid) && ip.equals(other.ip) && port.number() == other.port.number();
    }

    /** Why it can have no point, whatever its launcher tells; null if it can. */
    public @Nullable Reason unfit() {
        if (terminating) {
            return new Reason("Terminating", "");
        }
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return new Reason(phase, "the pod has ended");
        }
        if (port.number() == 0) { // its launcher refuses the annotation, too: it may never run
            return new Reason(Reason.BAD_PORT, port.problem());
        }
        return phase.equals("Running") && !ip.isEmpty()
                ? null
                : new Reason("Pending", "the pod does not run yet");
    }

    /** For logs: its name as kubectl users write it. */
    public String fullName() {
        return namespace + "/" + name;
    }
}
