package dev.enclavemetrics.metricsserver.store;

import dev.enclavemetrics.contract.MetricsPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod: where it is scraped, and whether its values may be served.
 *
 * @param port where its launcher serves
 * @param hasLauncher whether a container has the launcher's port
 * @param ip the pod's address, or empty before it has one
 * @param phase such as Running
 * @param startTime when kubelet accepted the pod; null before
 * @param ready the condition Ready
 * @param readyChangedAt when that condition last changed; null if unknown
 * @param problems what keeps it from running
 * @param terminating deleted, and in its grace period
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
        PodProblems problems,
        boolean terminating) {

    /** The name of the port by which the webhook, too, recognizes a launcher. */
    public static final String LAUNCHER_PORT = "enclave-metrics";

    private static final String ENDED = "the pod has ended";
    private static final Reason PENDING = new Reason("Pending", "the pod is not running yet");
    private static final Duration INITIAL_READINESS_DELAY = Duration.ofSeconds(30);

    /**
     * When the pod first became Ready, judged by its current status; null if it never did. A pod
     * that is not Ready now was Ready before if the condition last changed well after the pod's
     * start, because kubelet writes the first False at the start itself. The HPA controller uses
     * the same limit, its initial readiness delay. Such a pod counts as Ready since its start: a
     * pod that overload made unready must not lose its value when this server restarts.
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

    /** Whether both are the same pod at the same address and port. */
    boolean sameTarget(WatchedPod other) {
        return uid.equals(other.uid) && ip.equals(other.ip) && port.number() == other.port.number();
    }

    /** Why the pod is not scraped; null if it is. */
    public @Nullable Reason exclusion() {
        if (terminating) {
            return new Reason("Terminating", "");
        }
        if (phase.equals("Failed")) {
            return Objects.requireNonNullElse(problems.ofAny(), new Reason(phase, ENDED));
        }
        if (phase.equals("Succeeded")) {
            return new Reason(phase, ENDED);
        }
        if (port.number() == 0) { // the launcher, too, refuses it, so the pod may never run
            return new Reason(Reason.BAD_PORT, port.problem());
        }
        if (phase.equals("Running") && !ip.isEmpty()) {
            return null;
        }
        return Objects.requireNonNullElse(problems.ofAny(), PENDING);
    }

    /** For logs: its name as kubectl users write it. */
    public String fullName() {
        return namespace + "/" + name;
    }
}
