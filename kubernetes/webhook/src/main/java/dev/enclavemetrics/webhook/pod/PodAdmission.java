package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.webhook.admission.AdmissionRequest;
import dev.enclavemetrics.webhook.admission.AdmissionResponse;
import dev.enclavemetrics.webhook.admission.Annotations;
import dev.enclavemetrics.webhook.admission.JsonPatch;
import dev.enclavemetrics.webhook.admission.Warnings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds the launcher to a labelled Pod. */
public final class PodAdmission {

    private static final String PROMETHEUS = "prometheus.io/";

    private final SidecarSettings settings;
    private final Sidecar sidecar;

    public PodAdmission(SidecarSettings settings) {
        this.settings = settings;
        sidecar = new Sidecar(settings);
    }

    /** The response to the creation or update of a Pod. */
    public AdmissionResponse admit(AdmissionRequest pod) {
        PodSpec spec = new PodSpec(pod.object().path("spec"));
        if (pod.isUpdate() || !pod.isManaged() || !spec.node().isObject()) {
            return AdmissionResponse
                    .allowed(); // the containers of an existing Pod cannot be changed
        }
        Warnings warnings = new Warnings(pod.subject());
        if (spec.isForWindows()) {
            warnings.add("left alone: the launcher runs on Linux only; remove the label");
            return AdmissionResponse.allowed(warnings.list());
        }
        if (spec.running().stream().anyMatch(PodAdmission::servesMetrics)) {
            return AdmissionResponse.allowed();
        }
        try {
            return withSidecar(pod, spec, warnings);
        } catch (RefusedException e) {
            return AdmissionResponse.refused(
                    e.reason(), pod.fullSubject() + ": " + e.message(), warnings.list());
        }
    }

    /** A sidecar added by an earlier call, or a launcher of the user. */
    private static boolean servesMetrics(JsonNode container) {
        return PodSpec.hasNamed(container.path("ports"), Sidecar.PORT_NAME);
    }

    private AdmissionResponse withSidecar(AdmissionRequest pod, PodSpec spec, Warnings warnings) {
        Annotations annotations = Annotations.of(pod.object());
        int port = port(annotations, warnings);
        PodEnclave enclave = PodEnclave.of(annotations, settings);
        LauncherOptions options =
                LauncherOptions.of(spec, enclave, annotations, settings, warnings);
        requireFree(spec, port);
        if (enclave instanceof EnclaveStart start && start.debug()) {
            warnings.add("enclave-debug: no attestation; its console and memory are open");
        }
        if (spec.isOnHostNetwork()) {
            warnings.add("hostNetwork: port " + port + " is taken on the whole node");
        }
        if (spec.isToComplete() && !settings.isNative()) {
            warnings.add("will not complete while the sidecar runs; use native sidecars");
        }
        SidecarVolumes volumes = new SidecarVolumes(spec, enclave, settings);
        JsonPatch patch = new JsonPatch();
        addAll(spec.node().path("volumes"), "/spec/volumes", volumes.volumes(), patch);
        share(spec, volumes.shared(), patch);
        String list = settings.isNative() ? "initContainers" : "containers";
        // Last of the init containers: those of the user still run first.
        patch.append(
                spec.node().path(list),
                "/spec/" + list,
                sidecar.container(enclave, port, volumes, options));
        annotations.set(prometheus(annotations, port), patch);
        return AdmissionResponse.patched(
                patch, warnings, Map.of("sidecar", enclave.text() + " at port " + port));
    }

    /**
     * The port in the annotations.
     *
     * @throws RefusedException that names an invalid annotation, its value, and the remedy
     */
    private static int port(Annotations annotations, Warnings warnings) {
        MetricsPort port = MetricsPort.of(annotations::get);
        if (port.number() == 0) {
            throw new RefusedException(
                    StatusReason.INVALID,
                    "annotation "
                            + port.problem()
                            + "; correct it in the Pod template, or remove it for "
                            + MetricsPort.DEFAULT);
        }
        if (!port.problem().isEmpty()) {
            warnings.add(port.problem() + "; remove one");
        }
        return port.number();
    }

    private static void requireFree(PodSpec spec, int port) {
        if (spec.hasContainer(Sidecar.NAME)) {
            throw new RefusedException(
                    StatusReason.INVALID,
                    "no container must have the sidecar's name "
                            + Sidecar.NAME
                            + ", found one without a port of the name "
                            + Sidecar.PORT_NAME
                            + "; rename it, or, if it is a launcher, give its port this name");
        }
        for (JsonNode container : spec.running()) {
            for (JsonNode taken : container.path("ports")) {
                if (taken.path("containerPort").asInt(0) == port
                        && taken.path("protocol").stringValue("TCP").equals("TCP")) {
                    throw new RefusedException(
                            StatusReason.INVALID,
                            "port "
                                    + port
                                    + " must be free for the sidecar, found it in container"
                                    + " "
                                    + container.path("name").stringValue("")
                                    + "; set another with annotation "
                                    + MetricsPort.KEY);
                }
            }
        }
    }

    private static void addAll(JsonNode list, String path, ArrayNode values, JsonPatch patch) {
        if (list.isArray()) {
            values.forEach(value -> patch.add(path + "/-", value));
        } else {
            patch.add(path, values);
        }
    }

    private static void share(PodSpec spec, ObjectNode mount, JsonPatch patch) {
        for (String list : List.of("initContainers", "containers")) {
            JsonNode containers = spec.node().path(list);
            for (int i = 0; !mount.isEmpty() && i < containers.size(); i++) {
                if (list.equals("containers") || PodSpec.isNativeSidecar(containers.path(i))) {
                    String path = "/spec/" + list + "/" + i + "/volumeMounts";
                    patch.append(containers.path(i).path("volumeMounts"), path, mount);
                }
            }
        }
    }

    /** None if the Pod has some: they may be for the application's own metrics. */
    private Map<String, String> prometheus(Annotations annotations, int port) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean byUser =
                annotations.node().propertyNames().stream().anyMatch(n -> n.startsWith(PROMETHEUS));
        if (settings.prometheusAnnotations() && !byUser) {
            values.put(PROMETHEUS + "scrape", "true");
            values.put(PROMETHEUS + "port", Integer.toString(port));
            values.put(PROMETHEUS + "path", "/metrics");
        }
        return values;
    }
}
