package dev.enclavemetrics.webhook.pod;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The launcher's container.
 *
 * <p>It has a liveness probe only, on purpose:
 *
 * <ul>
 *   <li>A readiness probe would count for the pod. The launcher is not ready while the enclave
 *       warms up or if its agent fails, and an application must not lose its traffic for that. The
 *       metrics server sees at {@code /metrics} whether values are fresh.
 *   <li>A startup probe of a native sidecar delays the application's containers, one of which may
 *       have to start the enclave that the launcher would wait for.
 * </ul>
 */
final class Sidecar {

    static final String NAME = "enclave-metrics";

    /** The port's name, by which a container that serves these metrics is recognized. */
    static final String PORT_NAME = "enclave-metrics";

    private static final int PROBE_DELAY_S = 10;
    private static final int PROBE_PERIOD_S = 10;
    private static final int PROBE_TIMEOUT_S = 5;
    private static final int PROBE_FAILURES = 6; // a JVM with a tenth of a core is slow

    private final SidecarSettings settings;

    Sidecar(SidecarSettings settings) {
        this.settings = settings;
    }

    ObjectNode container(
            PodEnclave enclave, int port, SidecarVolumes volumes, LauncherOptions options) {
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        container
                .put("name", NAME)
                .put("image", settings.image())
                .put("imagePullPolicy", settings.pullPolicy());
        ArrayNode arguments = container.putArray("args");
        // Kubernetes replaces $(VARIABLE) in arguments, and takes $$ for $.
        enclave.arguments().forEach(argument -> arguments.add(argument.replace("$", "$$")));
        arguments.add("--pod-annotations=" + SidecarVolumes.ANNOTATIONS_FILE);
        ArrayNode environment = volumes.environment();
        if (!environment.isEmpty()) {
            container.set("env", environment);
        }
        container
                .putArray("ports")
                .addObject()
                .put("name", PORT_NAME)
                .put("containerPort", port)
                .put("protocol", "TCP");
        resources(container, options.resources(), enclave.devices());
        if (enclave instanceof EnclaveStart) {
            container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        }
        if (settings.isNative()) {
            container.put("restartPolicy", "Always");
        }
        livenessProbe(container);
        container.set("securityContext", securityContext(options.user()));
        container.set("volumeMounts", volumes.mounts());
        return container;
    }

    private static void resources(
            ObjectNode container, SidecarResources own, Map<String, String> devices) {
        ObjectNode resources = JsonNodeFactory.instance.objectNode();
        put(resources, "requests", with(own.requests(), devices));
        put(resources, "limits", with(own.limits(), devices));
        if (!resources.isEmpty()) {
            container.set("resources", resources);
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    private static void put(ObjectNode resources, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode node = resources.putObject(name);
            values.forEach(node::put);
        }
    }

    private static void livenessProbe(ObjectNode container) {
        ObjectNode probe = container.putObject("livenessProbe");
        probe.putObject("httpGet").put("path", "/livez").put("port", PORT_NAME);
        probe.put("initialDelaySeconds", PROBE_DELAY_S)
                .put("periodSeconds", PROBE_PERIOD_S)
                .put("timeoutSeconds", PROBE_TIMEOUT_S)
                .put("failureThreshold", PROBE_FAILURES);
    }

    /**
     * The default seccomp profiles of containerd and Docker block {@code socket(AF_VSOCK)}, so the
     * profile is a file on the nodes, or Unconfined. Everything else is as restricted as possible.
     * Only root may open {@code /dev/nitro_enclaves}, which starts enclaves; such a sidecar runs as
     * root without capabilities.
     */
    private ObjectNode securityContext(int user) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("runAsNonRoot", user != LauncherOptions.ROOT)
                .put("runAsUser", user)
                .put("runAsGroup", user)
                .put("readOnlyRootFilesystem", true)
                .put("allowPrivilegeEscalation", false);
        context.putObject("capabilities").putArray("drop").add("ALL");
        ObjectNode profile = context.putObject("seccompProfile");
        if (settings.seccompProfile().equals(SidecarSettings.UNCONFINED)) {
            profile.put("type", SidecarSettings.UNCONFINED);
        } else {
            profile.put("type", "Localhost").put("localhostProfile", settings.seccompProfile());
        }
        return context;
    }
}
