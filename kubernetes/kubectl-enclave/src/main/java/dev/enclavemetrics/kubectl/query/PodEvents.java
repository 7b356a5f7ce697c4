package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The newest failure of each pod. A failure before the containers are created, such as one to mount
 * a volume, is only in Events: the pod's status has no field for it.
 */
final class PodEvents {

    /**
     * While it fails, the kubelet repeats a warning every two minutes, or in a flood every five.
     */
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** The pod's status has the scheduler's failure as long as it lasts. */
    private static final String SELECTOR =
            "involvedObject.kind=Pod,type=Warning,reason!=FailedScheduling";

    private static final String NAMESPACE = "involvedObject.namespace";
    private static final String NAME = "involvedObject.name";
    private static final String SEEN = "lastTimestamp";

    private static final Set<String> FIELDS = Set.of(NAMESPACE, NAME, SEEN, "reason", "message");

    private record Warning(Instant seenAt, Reason reason) {}

    private final Kubectl kubectl;

    PodEvents(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    Map<PodName, Reason> read(Selection selection, Instant now) throws KubectlException {
        String namespace = selection.namespace();
        String path =
                "/api/v1"
                        + (namespace == null ? "" : "/namespaces/" + namespace)
                        + "/events?fieldSelector="
                        + MetricsPath.encoded(SELECTOR);
        Map<PodName, Warning> newest = new HashMap<>();
        new JsonAnswer(path, kubectl.run("get", "--raw", path), FIELDS)
                .items("EventList", event -> keep(event, now.minus(RECENT), newest));
        Map<PodName, Reason> reasons = new HashMap<>();
        newest.forEach((pod, warning) -> reasons.put(pod, warning.reason()));
        return reasons;
    }

    private static JsonFields keep(JsonFields event, Instant oldest, Map<PodName, Warning> newest) {
        if (!event.has(SEEN)) { // this Event has the form that the kubelet does not use
            return event;
        }
        Instant seenAt = event.time(SEEN);
        String word = event.text("reason");
        if (seenAt.isAfter(oldest) && isFailure(word)) {
            newest.merge(
                    new PodName(event.text(NAMESPACE), event.text(NAME)),
                    new Warning(seenAt, new Reason(word, event.text("message", "").strip())),
                    (one, other) -> one.seenAt().isAfter(other.seenAt()) ? one : other);
        }
        return event;
    }

    /** Other warnings, such as MissingClusterDNS, do not prevent a pod from starting. */
    private static boolean isFailure(String word) {
        return word.startsWith("Failed") || word.equals("NetworkNotReady");
    }
}
