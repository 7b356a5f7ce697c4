package dev.enclavemetrics.webhook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Pod's spec, read. */
record PodSpec(JsonNode node) {

    /** The containers that run beside each other, native sidecars among them. */
    List<JsonNode> running() {
        List<JsonNode> running = new ArrayList<>();
        for (JsonNode container : node.path("initContainers")) {
            if (container.path("restartPolicy").stringValue("").equals("Always")) {
                running.add(container);
            }
        }
        node.path("containers").forEach(running::add);
        return running;
    }

    @Nullable JsonNode containerNamed(String name) {
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : node.path(list)) {
                if (container.path("name").stringValue("").equals(name)) {
                    return container;
                }
            }
        }
        return null;
    }

    boolean hasVolume(String name) {
        for (JsonNode volume : node.path("volumes")) {
            if (volume.path("name").stringValue("").equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The mount of a container that holds a path, the closest one; or null. */
    @Nullable JsonNode mountOver(String path) {
        JsonNode closest = null;
        int length = -1;
        for (JsonNode container : running()) {
            for (JsonNode mount : container.path("volumeMounts")) {
                String folder = withoutSlash(mount.path("mountPath").stringValue(""));
                boolean over = path.equals(folder) || path.startsWith(folder + "/");
                if (over && !folder.isEmpty() && folder.length() > length) {
                    closest = mount;
                    length = folder.length();
                }
            }
        }
        return closest;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    boolean isForWindows() {
        return node.path("os").path("name").stringValue("").equals("windows")
                || node.path("nodeSelector")
                        .path("kubernetes.io/os")
                        .stringValue("")
                        .equals("windows");
    }

    boolean isOnHostNetwork() {
        return node.path("hostNetwork").asBoolean(false);
    }

    /** Whether its end is when its containers end. */
    boolean isToComplete() {
        return !node.path("restartPolicy").stringValue("Always").equals("Always");
    }
}
