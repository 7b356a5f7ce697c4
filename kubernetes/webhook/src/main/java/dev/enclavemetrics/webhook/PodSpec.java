package dev.enclavemetrics.webhook;

import java.math.BigDecimal;
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
            if (isNativeSidecar(container)) {
                running.add(container);
            }
        }
        node.path("containers").forEach(running::add);
        return running;
    }

    static boolean isNativeSidecar(JsonNode initContainer) {
        return initContainer.path("restartPolicy").stringValue("").equals("Always");
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
                String folder = MountPaths.normalized(mount.path("mountPath").stringValue(""));
                boolean over = MountPaths.isWithin(MountPaths.normalized(path), folder);
                if (over && !folder.isEmpty() && folder.length() > length) {
                    closest = mount;
                    length = folder.length();
                }
            }
        }
        return closest;
    }

    /**
     * Whether each of its containers makes it Guaranteed (kubernetes.io, "Pod Quality of Service
     * Classes"), so that one more may end that. Not if the Pod as a whole has resources, which
     * decide alone.
     */
    boolean isGuaranteed() {
        List<JsonNode> all = new ArrayList<>();
        node.path("initContainers").forEach(all::add);
        node.path("containers").forEach(all::add);
        return node.path("resources").isEmpty()
                && all.stream().allMatch(PodSpec::isGuaranteed)
                && !all.isEmpty();
    }

    private static boolean isGuaranteed(JsonNode container) {
        JsonNode resources = container.path("resources");
        return SidecarResources.NAMES.stream()
                .allMatch(
                        name -> {
                            JsonNode asked = resources.path("requests").path(name);
                            BigDecimal limit = Quantity.parse(resources.path("limits").path(name));
                            BigDecimal request =
                                    asked.isMissingNode() ? limit : Quantity.parse(asked);
                            return limit != null
                                    && request != null
                                    && limit.signum() > 0
                                    && limit.compareTo(request) == 0;
                        });
    }

    /** Whether the Pod as a whole has this resource, of which its containers take parts. */
    boolean hasOwn(String resource) {
        JsonNode resources = node.path("resources");
        return resources.path("requests").has(resource) || resources.path("limits").has(resource);
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
