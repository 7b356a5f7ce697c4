package dev.enclavemetrics.metricsserver.watch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.netty.util.NetUtil;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodStatus(
        String phase,
        String ip,
        @Nullable Instant startTime,
        boolean ready,
        @Nullable Instant readyChangedAt) {

    static final PodStatus NONE = new PodStatus("", "", null, false, null);

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Condition(
            @Nullable String type, @Nullable String status, @Nullable String lastTransitionTime) {}

    /** Reads the API's JSON. */
    @JsonCreator
    static PodStatus of(
            @JsonProperty("phase") @Nullable String phase,
            @JsonProperty("podIP") @Nullable String podIp,
            @JsonProperty("startTime") @Nullable String startTime,
            @JsonProperty("conditions") @Nullable List<Condition> conditions) {
        boolean ready = false;
        Instant readyChangedAt = null;
        for (Condition condition : conditions == null ? List.<Condition>of() : conditions) {
            if ("Ready".equals(condition.type())) {
                ready = "True".equals(condition.status());
                readyChangedAt = time(condition.lastTransitionTime());
            }
        }
        return new PodStatus(
                phase == null ? "" : phase.intern(),
                literal(podIp),
                time(startTime),
                ready,
                readyChangedAt);
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
