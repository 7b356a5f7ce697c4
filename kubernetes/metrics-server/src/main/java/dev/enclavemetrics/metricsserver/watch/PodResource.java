package dev.enclavemetrics.metricsserver.watch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A pod as the client keeps it: of the 10 to 20 kB of a pod in the Kubernetes API, only what this
 * server needs. The rest is skipped by the parser.
 */
@Group("")
@Version("v1")
@Kind("Pod")
@Plural("pods")
@JsonDeserialize(using = ValueDeserializer.None.class) // else the kind selects the client's own Pod
@JsonIgnoreProperties(ignoreUnknown = true)
final class PodResource implements HasMetadata, Namespaced {

    private static final long serialVersionUID = 1L;

    /** The last seen sets of labels, by hash: all pods of a Deployment share one. */
    private static final AtomicReferenceArray<@Nullable Map<String, String>> LABELS =
            new AtomicReferenceArray<>(4_096);

    @JsonIgnoreProperties(
            value = {"managedFields", "ownerReferences", "finalizers", "selfLink", "generateName"},
            ignoreUnknown = true)
    private ObjectMeta metadata = new ObjectMeta();

    private transient PodSpec spec = PodSpec.NONE;
    private transient PodStatus status = PodStatus.NONE;

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    /** Keeps what is needed; equal strings and labels are kept once. */
    @Override
    public void setMetadata(ObjectMeta metadata) {
        Map<String, String> annotations = new HashMap<>(2);
        for (String key : MetricsPort.KEYS) {
            String value = metadata.getAnnotations().get(key);
            if (value != null) {
                annotations.put(key, value.intern());
            }
        }
        metadata.setAnnotations(annotations.isEmpty() ? Map.of() : Map.copyOf(annotations));
        metadata.setLabels(shared(metadata.getLabels()));
        metadata.setCreationTimestamp(null);
        String namespace = metadata.getNamespace();
        if (namespace != null) { // a bookmark of a watch has none
            metadata.setNamespace(namespace.intern());
        }
        this.metadata = metadata;
    }

    private static Map<String, String> shared(Map<String, String> labels) {
        int slot = Math.floorMod(labels.hashCode(), LABELS.length());
        Map<String, String> known = LABELS.get(slot);
        if (known != null && labels.equals(known)) {
            return known;
        }
        Map<String, String> interned = interned(labels);
        LABELS.set(slot, interned);
        return interned;
    }

    private static Map<String, String> interned(Map<String, String> labels) {
        Map<String, String> interned = new HashMap<>(2 * labels.size());
        labels.forEach((key, value) -> interned.put(key.intern(), value.intern()));
        return Map.copyOf(interned);
    }

    @JsonProperty("spec")
    PodSpec spec() {
        return spec;
    }

    @JsonProperty("spec")
    void setSpec(@Nullable PodSpec spec) {
        this.spec = spec == null ? PodSpec.NONE : spec;
    }

    @JsonProperty("status")
    PodStatus status() {
        return status;
    }

    @JsonProperty("status")
    void setStatus(@Nullable PodStatus status) {
        this.status = status == null ? PodStatus.NONE : status;
    }

    /** The part that the store keeps. */
    WatchedPod toWatchedPod() {
        return new WatchedPod(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getLabels(),
                MetricsPort.of(metadata.getAnnotations()::get),
                !spec.launcher().isEmpty(),
                status.ip(),
                status.phase(),
                status.startTime(),
                status.ready(),
                status.readyChangedAt(),
                status.problems(spec.launcher()),
                metadata.getDeletionTimestamp() != null);
    }

    @Override
    public String getApiVersion() {
        return "v1";
    }

    @Override
    public void setApiVersion(String version) {
        // always v1
    }
}
