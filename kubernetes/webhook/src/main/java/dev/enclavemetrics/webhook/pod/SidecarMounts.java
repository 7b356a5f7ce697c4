package dev.enclavemetrics.webhook.pod;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The sidecar's volumeMounts: of its own volumes, and of volumes of the user. */
final class SidecarMounts {

    /** Folders of the launcher's image, and those that the runtime and Kubernetes mount. */
    private static final List<String> TAKEN =
            List.of(
                    "/opt/enclave-metrics",
                    "/usr",
                    "/lib",
                    "/lib64",
                    "/bin",
                    "/sbin",
                    "/etc",
                    "/dev",
                    "/proc",
                    "/sys",
                    "/run/secrets");

    private final ArrayNode list = JsonNodeFactory.instance.arrayNode();

    ArrayNode list() {
        return list;
    }

    ObjectNode own(String volume, String path) {
        return list.addObject().put("name", volume).put("mountPath", path);
    }

    /**
     * Mounts a volume of the user, read-only.
     *
     * @param key the annotation that asks for it
     */
    ObjectNode add(String key, String volume, String path) {
        requireFree(key, path);
        return own(volume, path).put("readOnly", true);
    }

    /** Mounts what a container of the user has mounted, at the same path. */
    void take(String key, JsonNode mount) {
        take(key, mount, mount.path("mountPath").stringValue(""), "");
    }

    /**
     * Mounts what a container of the user has mounted. Only the parts of its volumeMount that are
     * valid in any container are copied: mountPropagation needs a privileged one.
     *
     * @param key the annotation that asks for it
     * @param below the path below that mount, or empty for all of it
     */
    void take(String key, JsonNode mount, String path, String below) {
        if (mount.has("subPathExpr")) {
            throw PodAnnotation.refused(
                    key,
                    "name a path whose volumeMount has no subPathExpr, since the sidecar lacks its"
                            + " variables (mount the folder above, or use subPath)",
                    mount.path("mountPath").asString("")
                            + " with subPathExpr "
                            + mount.path("subPathExpr").asString(""));
        }
        ObjectNode copy = add(key, mount.path("name").stringValue(""), path);
        String subPath = MountPaths.normalized(mount.path("subPath").stringValue("") + below);
        if (!subPath.isEmpty()) {
            copy.put("subPath", subPath.substring(1));
        }
    }

    /** A mount must neither hide nor replace files of the sidecar. */
    private void requireFree(String key, String path) {
        Stream<String> own = list.valueStream().map(mount -> mount.path("mountPath").asString(""));
        Stream.concat(TAKEN.stream(), own)
                .filter(taken -> MountPaths.collide(taken, path))
                .findFirst()
                .ifPresent(
                        taken -> {
                            throw PodAnnotation.refused(
                                    key, "be in a separate folder, not " + taken, path);
                        });
    }
}
