package dev.enclavemetrics.kubectl;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts pods together from what different requests tell of them.
 *
 * @param listed the confidential pods, or null if the list was refused
 * @param cpu by pod, or null if the metric was refused
 * @param memory by pod, or null if the metric was refused
 */
record PodAssembly(
        @Nullable Map<PodName, PodList.Pod> listed,
        @Nullable Map<PodName, CustomMetrics.MetricResult> cpu,
        @Nullable Map<PodName, CustomMetrics.MetricResult> memory) {

    private static final String RUNNING = "Running";
    private static final CustomMetrics.MetricResult NOTHING =
            new CustomMetrics.MetricResult(null, "");

    List<PodUsage> pods() {
        TreeSet<PodName> names = new TreeSet<>();
        Stream.of(orNone(listed), orNone(cpu), orNone(memory))
                .forEach(told -> names.addAll(told.keySet()));
        return names.stream().map(this::pod).toList();
    }

    private PodUsage pod(PodName name) {
        PodList.Pod pod = orNone(listed).get(name);
        CustomMetrics.MetricResult cpuTold = orNone(cpu).getOrDefault(name, NOTHING);
        CustomMetrics.MetricResult memoryTold = orNone(memory).getOrDefault(name, NOTHING);
        Usage usage = Usage.of(cpuTold.value(), memoryTold.value());
        Reason reason = Reason.NONE;
        boolean whole =
                (cpu == null || usage.cpu() != null) && (memory == null || usage.memory() != null);
        if (!whole) {
            String problem = cpuTold.problem().isEmpty() ? memoryTold.problem() : cpuTold.problem();
            reason = reason(pod, problem);
        }
        return new PodUsage(name, pod == null ? "" : pod.node(), usage, reason);
    }

    private static <V> Map<PodName, V> orNone(@Nullable Map<PodName, V> pods) {
        return pods == null ? Map.of() : pods;
    }

    /** As far as it can be told without the metrics server's own word. */
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
