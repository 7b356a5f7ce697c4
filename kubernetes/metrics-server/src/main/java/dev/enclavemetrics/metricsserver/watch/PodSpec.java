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
 * @param launcher the name of the container that has the port by whose name a launcher is
 *     recognized; empty if none has
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodSpec(String launcher) {

    static final PodSpec NONE = new PodSpec("");

    /** As in the Kubernetes API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Container(@Nullable String name, @Nullable List<@Nullable Port> ports) {

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
                        .filter(c -> c != null && c.hasLauncherPort())
                        .map(c -> String.valueOf(c.name()).intern())
                        .findFirst()
                        .orElse(""));
    }
}
