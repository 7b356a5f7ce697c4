package dev.enclavemetrics.metricsserver;

import static io.netty.util.NetUtil.isValidIpV4Address;
import static io.netty.util.NetUtil.isValidIpV6Address;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod: all that decides where it is scraped, and whether it may be answered for.
 *
 * @param port where its launcher serves
 * @param ip the pod's address, or empty before it has one
 * @param phase such as Running
 * @param startTime when kubelet took the pod, if it did
 * @param ready the condition Ready
 * @param readyChangedAt when that condition last changed, if it is known
 * @param terminating deleted, with its time of grace running
 */
record WatchedPod(
        String uid,
        String namespace,
        String name,
        Map<String, String> labels,
        PodPort port,
        String ip,
        String phase,
        @Nullable Instant startTime,
        boolean ready,
        @Nullable Instant readyChangedAt,
        boolean terminating) {

    /** Takes from the API's object what is kept. */
    static WatchedPod of(PodResource resource) {
        ObjectMeta metadata = resource.getMetadata();
        PodResource.Status status = resource.status();
        PodResource.Condition ready =
                status.conditions().isEmpty() ? null : status.conditions().get(0);
        return new WatchedPod(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getLabels(),
                PodPort.of(metadata.getAnnotations()),
                literal(status.podIp()),
                Objects.requireNonNullElse(status.phase(), ""),
                time(status.startTime()),
                ready != null && "True".equals(ready.status()),
                ready == null ? null : time(ready.lastTransitionTime()),
                metadata.getDeletionTimestamp() != null);
    }

    /** An address as such, or empty: a name would be looked up. */
    private static String literal(@Nullable String ip) {
        return ip != null && (isValidIpV4Address(ip) || isValidIpV6Address(ip)) ? ip : "";
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // as one that was never told
        }
    }

    /** Whether an answer from where this pod is scraped is one for the other too. */
    boolean sameTarget(WatchedPod other) {
        return uid.equals(other.uid) && ip.equals(other.ip) && port.number() == other.port.number();
    }

    /** Why it can have no point, whatever its launcher tells; null if it can. */
    @Nullable Reason unfit() {
        if (terminating) {
            return new Reason("Terminating", "");
        }
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return new Reason(phase, "the pod has ended");
        }
        if (!phase.equals("Running") || ip.isEmpty()) {
            return new Reason("Pending", "the pod does not run yet");
        }
        return port.number() > 0 ? null : new Reason(Reason.BAD_PORT, port.problem());
    }

    /** For logs: its name as kubectl users write it. */
    String fullName() {
        return namespace + "/" + name;
    }
}
