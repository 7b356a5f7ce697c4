package dev.enclavemetrics.metricsserver.watch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a pod's spec that is needed.
 *
 * @param hasLauncher whether a container has the port by whose name a launcher is recognized
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodSpec(boolean hasLauncher) {

    static final PodSpec NONE = new PodSpec(false);

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Container(@Nullable List<@Nullable Port> ports) {

        boolean hasLauncherPort() {
            return ports != null
                    && ports.stream()
                            .anyMatch(p -> p != null && WatchedPod.LAUNCHER_PORT.equals(p.name()));
        }
    }

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Port(@Nullable String name) {}

    /** Reads the API's JSON. */
    @JsonCreator
    static PodSpec of(
            @JsonProperty("containers") @Nullable List<@Nullable Container> containers,
            @JsonProperty("initContainers") @Nullable List<@Nullable Container> initContainers) {
        return new PodSpec(
                Stream.of(containers, initContainers)
                        .filter(list -> list != null)
                        .flatMap(List::stream)
                        .anyMatch(c -> c != null && c.hasLauncherPort()));
    }
}
