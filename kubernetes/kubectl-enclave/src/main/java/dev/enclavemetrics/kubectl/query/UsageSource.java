package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The usages of the selected pods: from our metrics server's statuses if it serves them and the
 * user may read them, else merged from pods and plain metrics. Warnings say what is missing.
 */
public final class UsageSource {

    /** A request that may be refused: the rest can still be shown. */
    private interface Request<T> {
        T answer() throws KubectlException;
    }

    private static final String RIGHTS_HINT =
            "; the role view allows it where the metrics server's chart is installed";

    private final CustomMetrics metrics;
    private final PodList podList;
    private final PodEvents events;
    private final boolean nodes;
    private final List<String> numbers;
    private final InstantSource clock;

    /**
     * Asks through kubectl.
     *
     * @param nodes whether the pods' nodes are needed
     * @param numbers the names of the application metrics to include
     */
    public UsageSource(Kubectl kubectl, boolean nodes, List<String> numbers, InstantSource clock) {
        metrics = new CustomMetrics(kubectl);
        podList = new PodList(kubectl);
        events = new PodEvents(kubectl);
        this.nodes = nodes;
        this.numbers = List.copyOf(numbers);
        this.clock = clock;
    }

    /** Asks the cluster. */
    public UsageList read(Selection selection) throws KubectlException {
        Warnings warnings = new Warnings();
        List<PodUsage> pods =
                selection.namespace() == null
                        ? allNamespaces(selection, warnings)
                        : inNamespace(selection, warnings);
        Instant now = clock.instant();
        return new UsageList(now, withEvents(pods, selection, now, warnings), warnings.lines());
    }

    private List<PodUsage> allNamespaces(Selection all, Warnings warnings) throws KubectlException {
        boolean hasStatuses = true;
        try {
            List<PodUsage> pods = metrics.statuses(all, numbers);
            if (pods != null) {
                return withNodes(pods, all, warnings);
            }
            hasStatuses = false;
        } catch (KubectlException e) {
            if (!e.isForbidden()) {
                throw e;
            }
        }
        Map<PodName, PodList.Pod> listed;
        try {
            listed = podList.read(all);
        } catch (KubectlException e) {
            throw e.isForbidden()
                    ? e.withMessage(e.getMessage() + "; name a namespace with -n")
                    : e;
        }
        TreeSet<String> namespaces = new TreeSet<>();
        listed.keySet().forEach(pod -> namespaces.add(pod.namespace()));
        List<PodUsage> pods = new ArrayList<>();
        for (String namespace : namespaces) {
            Selection one = all.in(namespace);
            pods.addAll(hasStatuses ? inNamespace(one, warnings) : withoutStatuses(one, warnings));
        }
        return pods;
    }

    private List<PodUsage> inNamespace(Selection one, Warnings warnings) throws KubectlException {
        KubectlException refused;
        try {
            List<PodUsage> pods = metrics.statuses(one, numbers);
            if (pods != null) {
                return withNodes(pods, one, warnings);
            }
            return withoutStatuses(one, warnings);
        } catch (KubectlException e) {
            if (!e.isForbidden()) {
                throw e;
            }
            refused = e;
        }
        warnings.add("reasons", one.place(), refused.getMessage() + RIGHTS_HINT);
        return merged(one, refused, warnings);
    }

    private List<PodUsage> withoutStatuses(Selection one, Warnings warnings)
            throws KubectlException {
        warnings.add(
                "reasons",
                one.place(),
                "the server of "
                        + MetricsPath.GROUP
                        + " has no pods/"
                        + EnclaveStatus.SUBRESOURCE
                        + "; this project's metrics server has it");
        return merged(one, null, warnings);
    }

    /** From pods, CPU and memory, as far as the user may read them. */
    private List<PodUsage> merged(
            Selection one, @Nullable KubectlException refused, Warnings warnings)
            throws KubectlException {
        Map<PodName, PodList.Pod> listed =
                attempt("pods without a value", one, warnings, () -> podList.read(one));
        Map<PodName, CustomMetrics.MetricResult> cpu =
                attempt(
                        "CPU usages",
                        one,
                        warnings,
                        () -> metrics.usages(one, EnclaveMetric.CPU_USAGE));
        Map<PodName, CustomMetrics.MetricResult> memory =
                attempt(
                        "memory usages",
                        one,
                        warnings,
                        () -> metrics.usages(one, EnclaveMetric.MEMORY_USAGE));
        if (listed == null && cpu == null && memory == null && refused != null) {
            throw refused.withMessage(refused.getMessage() + RIGHTS_HINT);
        }
        return withNumbers(new PodMerger(listed, cpu, memory).pods(), one, warnings);
    }

    /** Adds application metrics to the listed pods; other pods that have them are ignored. */
    private List<PodUsage> withNumbers(List<PodUsage> pods, Selection of, Warnings warnings)
            throws KubectlException {
        Map<PodName, Map<String, BigDecimal>> found = new HashMap<>();
        for (String name : numbers) {
            Map<PodName, BigDecimal> values =
                    attempt(name, of, warnings, () -> metrics.numbers(of, name));
            if (values != null) {
                values.forEach(
                        (pod, value) ->
                                found.computeIfAbsent(pod, key -> new HashMap<>())
                                        .put(name, value));
            }
        }
        return pods.stream()
                .map(pod -> pod.withMetrics(found.getOrDefault(pod.pod(), Map.of())))
                .toList();
    }

    /** Adds the reason from Events to pending pods whose status has none. */
    private List<PodUsage> withEvents(
            List<PodUsage> pods, Selection of, Instant now, Warnings warnings)
            throws KubectlException {
        if (pods.stream().noneMatch(pod -> pod.reason().isPending())) {
            return pods;
        }
        Map<PodName, Reason> found =
                attempt("Events of pending pods", of, warnings, () -> events.read(of, now));
        if (found == null) {
            return pods;
        }
        return pods.stream()
                .map(pod -> pod.reason().isPending() ? pod.because(found.get(pod.pod())) : pod)
                .toList();
    }

    private List<PodUsage> withNodes(List<PodUsage> pods, Selection of, Warnings warnings)
            throws KubectlException {
        if (!nodes) {
            return pods;
        }
        Map<PodName, PodList.Pod> listed = attempt("nodes", of, warnings, () -> podList.read(of));
        if (listed == null) {
            return pods;
        }
        return pods.stream()
                .map(
                        pod -> {
                            PodList.Pod known = listed.get(pod.pod());
                            return known == null ? pod : pod.onNode(known.node());
                        })
                .toList();
    }

    /** The answer, or null and a warning if it is forbidden or not found. */
    private static <T> @Nullable T attempt(
            String what, Selection of, Warnings warnings, Request<T> request)
            throws KubectlException {
        try {
            return request.answer();
        } catch (KubectlException e) {
            if (!e.isForbidden() && !e.isNotFound()) {
                throw e;
            }
            warnings.add(what, of.place(), e.getMessage());
            return null;
        }
    }
}
