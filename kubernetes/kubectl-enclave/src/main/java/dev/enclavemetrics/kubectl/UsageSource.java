package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.contract.EnclaveMetric;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that can be known of the selected pods: from our metrics server's statuses if it is there and
 * the user may read them, else put together from pods and plain metrics. What is missing is said.
 */
final class UsageSource {

    /** A request whose refusal leaves something to show. */
    private interface Request<T> {
        T answer() throws KubectlException;
    }

    private static final String HOW_TO_GET_RIGHTS =
            "; the role view allows it where the metrics server's chart is installed";

    private final CustomMetrics metrics;
    private final PodList podList;
    private final boolean nodes;
    private final InstantSource clock;

    /**
     * @param nodes whether pods' nodes are wanted
     */
    UsageSource(Kubectl kubectl, boolean nodes, InstantSource clock) {
        metrics = new CustomMetrics(kubectl);
        podList = new PodList(kubectl);
        this.nodes = nodes;
        this.clock = clock;
    }

    Usages read(Selection selection) throws KubectlException {
        Warnings warnings = new Warnings();
        List<PodUsage> pods =
                selection.namespace() == null
                        ? everywhere(selection, warnings)
                        : inNamespace(selection, warnings);
        return new Usages(clock.instant(), pods, warnings.lines());
    }

    private List<PodUsage> everywhere(Selection all, Warnings warnings) throws KubectlException {
        boolean told = true;
        try {
            List<PodUsage> pods = metrics.statuses(all);
            if (pods != null) {
                return withNodes(pods, all, warnings);
            }
            told = false;
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
                    ? e.withMessage(e.getMessage() + "; name a namespace of yours with -n")
                    : e;
        }
        TreeSet<String> namespaces = new TreeSet<>();
        listed.keySet().forEach(pod -> namespaces.add(pod.namespace()));
        List<PodUsage> pods = new ArrayList<>();
        for (String namespace : namespaces) {
            Selection one = all.in(namespace);
            pods.addAll(told ? inNamespace(one, warnings) : untold(one, warnings));
        }
        return pods;
    }

    private List<PodUsage> inNamespace(Selection one, Warnings warnings) throws KubectlException {
        KubectlException refused;
        try {
            List<PodUsage> pods = metrics.statuses(one);
            if (pods != null) {
                return withNodes(pods, one, warnings);
            }
            return untold(one, warnings);
        } catch (KubectlException e) {
            if (!e.isForbidden()) {
                throw e;
            }
            refused = e;
        }
        warnings.add("reasons", one.place(), refused.getMessage() + HOW_TO_GET_RIGHTS);
        return assembled(one, refused, warnings);
    }

    private List<PodUsage> untold(Selection one, Warnings warnings) throws KubectlException {
        warnings.add(
                "reasons",
                one.place(),
                "whoever serves "
                        + MetricsPath.GROUP
                        + " has no pods/enclave_status; the metrics server of this project has");
        return assembled(one, null, warnings);
    }

    /** From pods, CPU and memory, each as far as the user may have it. */
    private List<PodUsage> assembled(
            Selection one, @Nullable KubectlException refused, Warnings warnings)
            throws KubectlException {
        Map<PodName, PodList.Pod> listed =
                attempt("pods without a value", one, warnings, () -> podList.read(one));
        Map<PodName, CustomMetrics.MetricResult> cpu =
                attempt(
                        "CPU usages",
                        one,
                        warnings,
                        () -> metrics.values(one, EnclaveMetric.CPU_USAGE));
        Map<PodName, CustomMetrics.MetricResult> memory =
                attempt(
                        "memory usages",
                        one,
                        warnings,
                        () -> metrics.values(one, EnclaveMetric.MEMORY_USAGE));
        if (listed == null && cpu == null && memory == null && refused != null) {
            throw refused.withMessage(refused.getMessage() + HOW_TO_GET_RIGHTS);
        }
        return new PodAssembly(listed, cpu, memory).pods();
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

    /** The answer, or null and a warning if it is refused or nobody knows it. */
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
