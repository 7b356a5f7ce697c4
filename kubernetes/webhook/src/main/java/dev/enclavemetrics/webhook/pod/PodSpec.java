package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.webhook.admission.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a Pod's spec. */
record PodSpec(JsonNode node) {

    /** The containers that run side by side, native sidecars included. */
    List<JsonNode> running() {
        return Stream.concat(
                        node.path("initContainers").valueStream().filter(PodSpec::isNativeSidecar),
                        node.path("containers").valueStream())
                .toList();
    }

    static boolean isNativeSidecar(JsonNode initContainer) {
        return initContainer.path("restartPolicy").stringValue("").equals("Always");
    }

    private Stream<JsonNode> all() {
        return Stream.concat(
                node.path("initContainers").valueStream(), node.path("containers").valueStream());
    }

    boolean hasContainer(String name) {
        return all().anyMatch(container -> isNamed(container, name));
    }

    boolean hasVolume(String name) {
        return hasNamed(node.path("volumes"), name);
    }

    /** Whether a container mounts this volume, which need not be there yet. */
    boolean mountsVolume(String name) {
        return all().anyMatch(container -> hasNamed(container.path("volumeMounts"), name));
    }

    /** Whether an entry of the list has this name. */
    static boolean hasNamed(JsonNode list, String name) {
        return list.valueStream().anyMatch(entry -> isNamed(entry, name));
    }

    private static boolean isNamed(JsonNode entry, String name) {
        return entry.path("name").stringValue("").equals(name);
    }

    /** The innermost volumeMount of any container that contains the path, or null. */
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
     * Whether the Pod is Guaranteed by its containers (kubernetes.io, "Pod Quality of Service
     * Classes"), so that another container may change that. False if the Pod itself has resources:
     * then those alone decide.
     */
    boolean isGuaranteed() {
        return node.path("resources").isEmpty()
                && all().allMatch(PodSpec::isGuaranteed)
                && all().findAny().isPresent();
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

    /** Whether the Pod itself has this resource, which its containers then share. */
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

    /** Whether it completes when its containers do. */
    boolean isToComplete() {
        return !node.path("restartPolicy").stringValue("Always").equals("Always");
    }
}
