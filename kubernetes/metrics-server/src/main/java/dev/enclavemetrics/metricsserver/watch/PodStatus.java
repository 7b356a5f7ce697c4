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
 * The part of a pod's status that matters, read as it is kept: texts of times and conditions would
 * take more room than all else of the pod.
 *
 * @param phase such as Running, or empty
 * @param ip the pod's address, or empty before it has one
 * @param startTime when kubelet took the pod, if it did
 * @param ready the condition Ready
 * @param readyChangedAt when that condition last changed, if it is known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodStatus(
        String phase,
        String ip,
        @Nullable Instant startTime,
        boolean ready,
        @Nullable Instant readyChangedAt) {

    static final PodStatus NONE = new PodStatus("", "", null, false, null);

    /** As the API writes it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Condition(
            @Nullable String type, @Nullable String status, @Nullable String lastTransitionTime) {}

    /** Takes from what the API writes. */
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

    /** An address as such, or empty: a name would be looked up. */
    private static String literal(@Nullable String ip) {
        return ip != null && (NetUtil.isValidIpV4Address(ip) || NetUtil.isValidIpV6Address(ip))
                ? ip
                : "";
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // as one that was never told
        }
    }
}
