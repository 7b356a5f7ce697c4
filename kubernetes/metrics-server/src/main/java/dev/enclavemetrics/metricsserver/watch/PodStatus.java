package dev.enclavemetrics.metricsserver.watch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.enclavemetrics.metricsserver.store.PodProblems;
import dev.enclavemetrics.metricsserver.store.Reason;
import io.netty.util.NetUtil;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a pod's status that is needed, parsed at once: the conditions and times as text would
 * take more memory than the rest of the pod.
 *
 * @param phase such as Running, or empty
 * @param ip the pod's address, or empty before it has one
 * @param startTime when kubelet accepted the pod; null before
 * @param ready the condition Ready
 * @param readyChangedAt when that condition last changed; null if unknown
 * @param unready why it is not Ready, as that condition says; may be empty
 * @param problems why containers do not run, by their names, the first to start first; under the
 *     empty name, why the pod has no node or was ended, such as by an eviction
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodStatus(
        String phase,
        String ip,
        @Nullable Instant startTime,
        boolean ready,
        @Nullable Instant readyChangedAt,
        String unready,
        Map<String, Reason> problems) {

    static final PodStatus NONE = new PodStatus("", "", null, false, null, "", Map.of());

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Condition(
            @Nullable String type,
            @Nullable String status,
            @Nullable String lastTransitionTime,
            @Nullable String reason,
            @Nullable String message) {}

    /** Reads the API's JSON. */
    @JsonCreator
    static PodStatus of(
            @JsonProperty("phase") @Nullable String phase,
            @JsonProperty("reason") @Nullable String reason,
            @JsonProperty("message") @Nullable String message,
            @JsonProperty("podIP") @Nullable String podIp,
            @JsonProperty("startTime") @Nullable String startTime,
            @JsonProperty("conditions") @Nullable List<Condition> conditions,
            @JsonProperty("initContainerStatuses") @Nullable List<ContainerStatus> init,
            @JsonProperty("containerStatuses") @Nullable List<ContainerStatus> containers) {
        Map<String, Reason> problems = new LinkedHashMap<>(0);
        boolean ready = false;
        Instant readyChangedAt = null;
        String unready = "";
        for (Condition condition : conditions == null ? List.<Condition>of() : conditions) {
            if ("Ready".equals(condition.type())) {
                ready = "True".equals(condition.status());
                readyChangedAt = time(condition.lastTransitionTime());
                unready = ready ? "" : ContainerStatus.oneLine(text(condition.message()));
            }
            if ("PodScheduled".equals(condition.type()) && "False".equals(condition.status())) {
                problems.put(
                        "", ContainerStatus.reason(condition.reason(), text(condition.message())));
            }
        }
        if ("Failed".equals(phase) && reason != null) {
            problems.put("", ContainerStatus.reason(reason, text(message)));
        }
        addProblems(init, problems);
        addProblems(containers, problems);
        return new PodStatus(
                text(phase).intern(),
                literal(podIp),
                time(startTime),
                ready,
                readyChangedAt,
                unready,
                problems.isEmpty() ? Map.of() : problems);
    }

    private static void addProblems(
            @Nullable List<ContainerStatus> statuses, Map<String, Reason> problems) {
        for (ContainerStatus status : statuses == null ? List.<ContainerStatus>of() : statuses) {
            Reason problem = status.problem();
            if (problem != null) {
                problems.put(text(status.name()), problem);
            }
        }
    }

    /**
     * What the store keeps of the problems.
     *
     * @param launcher the name of its container, or empty
     */
    PodProblems problems(String launcher) {
        return problems.isEmpty() && unready.isEmpty()
                ? PodProblems.NONE
                : new PodProblems(
                        problems.values().stream().findFirst().orElse(null),
                        launcher.isEmpty() ? null : problems.get(launcher),
                        unready);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The IP address, or empty if it is not one: a host name would be resolved. */
    private static String literal(@Nullable String ip) {
        return ip != null && (NetUtil.isValidIpV4Address(ip) || NetUtil.isValidIpV6Address(ip))
                ? ip
                : "";
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // the same as a missing one
        }
    }
}
