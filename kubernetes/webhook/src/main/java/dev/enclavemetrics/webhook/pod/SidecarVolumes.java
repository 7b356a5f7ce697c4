package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The volumes that the sidecar needs, by the kind of its enclave.
 *
 * <ul>
 *   <li>{@code vsock:} none. {@code socket(AF_VSOCK)} needs no device ({@code /dev/vsock} only
 *       reports the machine's own CID).
 *   <li>{@code unix:} and {@code hybrid:} the user's volume that contains the socket.
 *   <li>{@code nitro}: what {@code nitro-cli describe-enclaves} uses (aws-nitro-enclaves-cli,
 *       enclave_proc_comm.rs and logger.rs). That is the folder with the sockets of the enclaves'
 *       processes, which answer this command to any user, and a folder for its log, which it
 *       requires. It does not open {@code /dev/nitro_enclaves}, which only root may.
 *   <li>An enclave to start: the same and {@code /dev/nitro_enclaves}, from the device plugin.
 * </ul>
 */
final class SidecarVolumes {

    static final String ANNOTATIONS_FILE = "/etc/podinfo/annotations";
    static final String SOCKETS = "/run/nitro_enclaves";

    private static final String OTHER_SOCKETS =
            "/var/run/nitro_enclaves"; // the same folder on any Linux

    private static final String PREFIX = "enclave-metrics-";
    private static final String CLI_PATH = "/usr/local/bin/nitro-cli"; // on the image's PATH
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String LOGS = "/var/log/nitro_enclaves";

    private final ArrayNode volumes = JsonNodeFactory.instance.arrayNode();
    private final SidecarMounts mounts = new SidecarMounts();
    private final ArrayNode environment = JsonNodeFactory.instance.arrayNode();

    /** A volumeMount that the user's containers get, too; empty for none. */
    private final ObjectNode shared = JsonNodeFactory.instance.objectNode();

    SidecarVolumes(PodSpec pod, PodEnclave enclave, SidecarSettings settings) {
        annotations();
        if (enclave instanceof EnclaveStart start) {
            nitroCli(settings);
            ownSockets();
            image(pod, start);
        } else {
            found(pod, (EnclaveAddress) enclave, settings);
        }
        for (JsonNode volume : volumes) {
            String name = volume.path("name").stringValue("");
            // A container that mounts a volume of the sidecar would get it without readOnly.
            if (pod.hasVolume(name) || pod.mountsVolume(name)) {
                throw new RefusedException(
                        StatusReason.INVALID,
                        "the Pod must not have or mount a volume "
                                + name
                                + ", found it in volumes or volumeMounts; rename it, since the"
                                + " sidecar adds its own");
            }
        }
    }

    private void found(PodSpec pod, EnclaveAddress enclave, SidecarSettings settings) {
        String socket = enclave.socketPath();
        if (socket != null) {
            socket(pod, socket);
        } else if (enclave.asksNitroCli()) {
            nitroCli(settings);
            sockets(pod, settings);
        }
    }

    private void annotations() {
        ObjectNode volume = volume("podinfo");
        volume.putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "annotations")
                .putObject("fieldRef")
                .put("fieldPath", "metadata.annotations");
        mount("podinfo", "/etc/podinfo").put("readOnly", true);
        // Kubernetes mounts the token of the Pod's account there into each container that has no
        // mount of its own; the launcher needs no token.
        mount("podinfo", TOKEN).put("readOnly", true);
    }

    private void socket(PodSpec pod, String path) {
        JsonNode mount = pod.mountOver(path);
        if (mount == null) {
            throw new RefusedException(
                    StatusReason.INVALID,
                    "annotation "
                            + AnnotationKeys.ENCLAVE
                            + " must be the path of a socket in a volume of the pod, found "
                            + path
                            + ", which is in no container's volumeMounts; mount the"
                            + " volume that contains it in a container, and the sidecar"
                            + " gets it at the same path");
        }
        mounts.take(AnnotationKeys.ENCLAVE, mount);
    }

    private void nitroCli(SidecarSettings settings) {
        if (!settings.nitroCli().equals(SidecarSettings.NONE)) {
            volume("nitro-cli")
                    .putObject("hostPath")
                    .put("path", settings.nitroCli())
                    .put("type", "File");
            mount("nitro-cli", CLI_PATH).put("readOnly", true);
        }
        volume("nitro-logs").putObject("emptyDir");
        mount("nitro-logs", LOGS);
        variable("NITRO_CLI_LOGS_PATH", LOGS);
        variable("RUST_LOG", "off"); // its log would grow without limit; it prints errors anyway
    }

    /**
     * Mounts the folder of sockets from where the enclave is started: from a container of the pod,
     * which then shares its folder, or from the node. Read-only, since nitro-cli deletes sockets
     * that it cannot connect to.
     */
    private void sockets(PodSpec pod, SidecarSettings settings) {
        variable("NITRO_CLI_SOCKETS_PATH", SOCKETS);
        String path = SOCKETS;
        JsonNode mount = pod.mountOver(path);
        if (mount == null) {
            path = OTHER_SOCKETS;
            mount = pod.mountOver(path);
        }
        if (mount != null) {
            // Only this folder of the mount: nothing can be mounted into a read-only one.
            String folder = MountPaths.normalized(mount.path("mountPath").stringValue(""));
            mounts.take(AnnotationKeys.ENCLAVE, mount, SOCKETS, path.substring(folder.length()));
            return;
        }
        ObjectNode volume = volume("nitro-sockets");
        mount("nitro-sockets", SOCKETS).put("readOnly", true);
        if (settings.nitroSockets().equals(SidecarSettings.POD)) {
            volume.putObject("emptyDir");
            shared.put("name", PREFIX + "nitro-sockets").put("mountPath", SOCKETS);
        } else {
            volume.putObject("hostPath")
                    .put("path", settings.nitroSockets())
                    .put("type", "Directory");
        }
    }

    /** The sockets of enclaves that nitro-cli starts in the sidecar. */
    private void ownSockets() {
        variable("NITRO_CLI_SOCKETS_PATH", SOCKETS);
        volume("nitro-sockets").putObject("emptyDir");
        mount("nitro-sockets", SOCKETS);
    }

    private void image(PodSpec pod, EnclaveStart enclave) {
        String volume = enclave.volume();
        if (volume == null) {
            JsonNode mount = pod.mountOver(enclave.image());
            if (mount == null) {
                throw PodAnnotation.refused(
                        AnnotationKeys.ENCLAVE_VOLUME,
                        "name the pod's volume that contains "
                                + enclave.image()
                                + ", unless it is in a container's volumeMounts",
                        null);
            }
            mounts.take(AnnotationKeys.RUN_ENCLAVE, mount);
            return;
        }
        if (!pod.hasVolume(volume)) {
            throw PodAnnotation.refused(
                    AnnotationKeys.ENCLAVE_VOLUME, "name a volume of the pod", volume);
        }
        mounts.add(AnnotationKeys.RUN_ENCLAVE, volume, enclave.folder());
    }

    private ObjectNode volume(String name) {
        return volumes.addObject().put("name", PREFIX + name);
    }

    private ObjectNode mount(String name, String path) {
        return mounts.own(PREFIX + name, path);
    }

    private void variable(String name, String value) {
        environment.addObject().put("name", name).put("value", value);
    }

    ArrayNode volumes() {
        return volumes;
    }

    ArrayNode mounts() {
        return mounts.list();
    }

    ArrayNode environment() {
        return environment;
    }

    ObjectNode shared() {
        return shared;
    }
}
