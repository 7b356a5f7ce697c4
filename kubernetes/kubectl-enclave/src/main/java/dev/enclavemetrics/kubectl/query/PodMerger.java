package dev.enclavemetrics.kubectl.query;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges the results of several requests.
 *
 * @param listed the confidential pods, or null if the list was refused
 * @param cpu by pod, or null if the metric was refused
 * @param memory by pod, or null if the metric was refused
 */
record PodMerger(
        @Nullable Map<PodName, PodList.Pod> listed,
        @Nullable Map<PodName, CustomMetrics.MetricResult> cpu,
        @Nullable Map<PodName, CustomMetrics.MetricResult> memory) {

    private static final String RUNNING = "Running";
    private static final CustomMetrics.MetricResult NOTHING =
            new CustomMetrics.MetricResult(null, "");

    List<PodUsage> pods() {
        TreeSet<PodName> names = new TreeSet<>();
        Stream.of(orEmpty(listed), orEmpty(cpu), orEmpty(memory))
                .forEach(answer -> names.addAll(answer.keySet()));
        return names.stream().map(this::pod).toList();
    }

    private PodUsage pod(PodName name) {
        PodList.Pod pod = orEmpty(listed).get(name);
        CustomMetrics.MetricResult cpuResult = orEmpty(cpu).getOrDefault(name, NOTHING);
        CustomMetrics.MetricResult memoryResult = orEmpty(memory).getOrDefault(name, NOTHING);
        Usage usage = Usage.of(cpuResult.value(), memoryResult.value());
        Reason reason = Reason.NONE;
        boolean complete =
                (cpu == null || usage.cpu() != null) && (memory == null || usage.memory() != null);
        if (!complete) {
            String problem =
                    cpuResult.problem().isEmpty() ? memoryResult.problem() : cpuResult.problem();
            reason = reason(pod, problem);
        }
        return new PodUsage(name, pod == null ? "" : pod.node(), usage, reason);
    }

    private static <V> Map<PodName, V> orEmpty(@Nullable Map<PodName, V> pods) {
        return pods == null ? Map.of() : pods;
    }

    /** The reason, as far as it is known without the metrics server's status. */
    private static Reason reason(PodList.@Nullable Pod pod, String problem) {
        if (!problem.isEmpty()) {
            return new Reason("BadValue", problem);
        }
        if (pod != null && pod.terminating()) {
            return new Reason("Terminating", "");
        }
        if (pod != null && !pod.phase().equals(RUNNING)) {
            return new Reason(pod.phase(), "");
        }
        return new Reason("NoValue", "");
    }
}
