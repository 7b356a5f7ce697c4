package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.contract.EnclaveMetric;
import dev.enclavemetrics.contract.EnclaveStatus;
import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Custom Metrics API, of our metrics server or of another adapter. */
final class CustomMetrics {

    /**
     * A metric of a pod.
     *
     * @param value null if it is not a usage
     * @param problem why it is not one, or empty
     */
    record MetricResult(@Nullable MetricValue value, String problem) {}

    private static final String NEWEST = "v1beta2";
    private static final List<String> VERSIONS = List.of(NEWEST, "v1beta1");
    private static final Set<String> STATUS_FIELDS =
            Set.of(
                    "namespace",
                    "name",
                    "cpu",
                    "memory",
                    "timestamp",
                    "windowSeconds",
                    "reason",
                    "message");
    private static final Set<String> VALUE_FIELDS =
            Set.of(
                    "describedObject.namespace",
                    "describedObject.name",
                    "timestamp",
                    "windowSeconds",
                    "window",
                    "value");
    private static final String IN_STATUS = EnclaveStatus.METRICS + ".";
    private static final String PREFERRED = "preferredVersion.version";
    private static final String AVAILABLE = "status.conditions.status";
    private static final String WHY = "status.conditions.message";

    private final Kubectl kubectl;

    /** The version to ask for. */
    private String version = NEWEST;

    CustomMetrics(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /**
     * Each pod with its values, or with the reason why it has none.
     *
     * @param numbers the names of the application metrics to include
     * @return null if the server has no such resource
     */
    @Nullable List<PodUsage> statuses(Selection selection, List<String> numbers)
            throws KubectlException {
        version = NEWEST; // during a watch, another server may have replaced it
        String path = MetricsPath.ofPods(version, selection, EnclaveStatus.SUBRESOURCE);
        Set<String> fields = new HashSet<>(STATUS_FIELDS);
        if (!numbers.isEmpty()) {
            path += "&" + EnclaveStatus.METRICS + "=" + String.join(",", numbers);
            numbers.forEach(name -> fields.add(IN_STATUS + name));
        }
        try {
            return answer(path, fields)
                    .itemsIf(
                            EnclaveStatus.LIST_KIND,
                            item -> status(item).withMetrics(numbers(item, numbers)));
        } catch (KubectlException e) {
            if (!e.isNotFound()) {
                throw explained(e);
            }
            version = servedVersion();
            return null;
        }
    }

    private static Map<String, BigDecimal> numbers(JsonFields item, List<String> names) {
        Map<String, BigDecimal> values = new HashMap<>();
        for (String name : names) {
            BigDecimal value = Quantity.of(item.text(IN_STATUS + name, ""));
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static PodUsage status(JsonFields item) {
        PodName pod = new PodName(item.text("namespace"), item.text("name"));
        Reason reason = new Reason(item.text("reason"), item.text("message", ""));
        if (!item.has("cpu") && !item.has("memory")) {
            return new PodUsage(pod, "", Usage.NONE, reason);
        }
        String cpu = item.text("cpu");
        String memory = item.text("memory");
        Instant sampledAt = item.time("timestamp");
        int windowSeconds = item.seconds("windowSeconds");
        try {
            Usage usage =
                    new Usage(
                            MetricValue.usage(cpu),
                            MetricValue.usage(memory),
                            sampledAt,
                            windowSeconds);
            return new PodUsage(pod, "", usage, reason);
        } catch (IllegalArgumentException e) {
            return new PodUsage(pod, "", Usage.NONE, Reason.badValue(e));
        }
    }

    /** The values of a usage. */
    Map<PodName, MetricResult> usages(Selection selection, EnclaveMetric metric)
            throws KubectlException {
        return values(selection, metric.metricName(), CustomMetrics::usage);
    }

    /** The values of one application metric. */
    Map<PodName, BigDecimal> numbers(Selection selection, String metric) throws KubectlException {
        return values(selection, metric, item -> Quantity.of(item.text("value")));
    }

    /** The values of one metric, without those that are null. */
    private <T> Map<PodName, T> values(
            Selection selection, String metric, Function<JsonFields, @Nullable T> read)
            throws KubectlException {
        String path = MetricsPath.ofPods(version, selection, metric);
        Map<PodName, T> values = new TreeMap<>();
        try {
            answer(path, VALUE_FIELDS)
                    .items(
                            "MetricValueList",
                            item -> {
                                PodName pod = pod(item);
                                T value = read.apply(item);
                                if (value != null) {
                                    values.put(pod, value);
                                }
                                return pod;
                            });
            return values;
        } catch (KubectlException e) {
            throw explained(e);
        }
    }

    private static PodName pod(JsonFields item) {
        return new PodName(
                item.text("describedObject.namespace"), item.text("describedObject.name"));
    }

    private static MetricResult usage(JsonFields item) {
        String quantity = item.text("value");
        Instant sampledAt = item.time("timestamp");
        int windowSeconds = item.seconds(item.has("window") ? "window" : "windowSeconds");
        try {
            double usage = MetricValue.usage(quantity);
            return new MetricResult(new MetricValue(usage, sampledAt, windowSeconds), "");
        } catch (IllegalArgumentException e) {
            return new MetricResult(null, String.valueOf(e.getMessage()));
        }
    }

    /** The version to ask for if v1beta2 is not served: the preferred one, as for the HPA. */
    private String servedVersion() throws KubectlException {
        String served;
        try {
            served =
                    answer(MetricsPath.GROUP_PATH, Set.of(PREFERRED))
                            .object(group -> group.text(PREFERRED));
        } catch (KubectlException e) {
            if (!e.isNotFound()) {
                throw e;
            }
            throw e.withMessage(
                    "the cluster must serve "
                            + MetricsPath.GROUP
                            + ", found no APIService of that group; install the metrics server:"
                            + " helm install enclave-metrics kubernetes/chart");
        }
        if (VERSIONS.contains(served)) {
            return served;
        }
        throw new KubectlException(
                MetricsPath.GROUP + " must be served as v1beta2 or v1beta1, found " + served);
    }

    /** The API server's message, if it cannot reach the metrics server. */
    private KubectlException explained(KubectlException e) {
        if (!e.isUnavailable()) {
            return e;
        }
        String name = version + "." + MetricsPath.GROUP;
        String found = e.getMessage();
        try {
            found =
                    answer(MetricsPath.ofApiService(version), Set.of(AVAILABLE, WHY))
                            .object(
                                    service ->
                                            service.text(AVAILABLE, "").equals("False")
                                                    ? service.text(WHY, "it is not")
                                                    : e.getMessage());
        } catch (KubectlException refused) {
            // without permission to read it, use the server's message
        }
        return e.withMessage(
                "the APIService "
                        + name
                        + " must be available, found: "
                        + found
                        + "; check that the metrics server runs and the API server can reach it:"
                        + " kubectl describe apiservice "
                        + name);
    }

    private JsonAnswer answer(String path, Set<String> fields) throws KubectlException {
        return new JsonAnswer(path, kubectl.run("get", "--raw", path), fields);
    }
}
