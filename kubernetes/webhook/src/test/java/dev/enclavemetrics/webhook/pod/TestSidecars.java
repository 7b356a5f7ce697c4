package dev.enclavemetrics.webhook.pod;

import java.util.Map;
import java.util.TreeMap;

/** Sidecar settings for tests. */
public final class TestSidecars {

    private static final String IMAGE = "registry.example/launcher:1";

    private TestSidecars() {}

    /** Returns the default settings. */
    public static SidecarSettings settings() {
        return new SidecarSettings(
                IMAGE,
                "IfNotPresent",
                true,
                resources(Map.of("cpu", "10m", "memory", "64Mi"), Map.of("memory", "128Mi")),
                false,
                false,
                "enclave-metrics/launcher.json",
                "/usr/bin/nitro-cli",
                SidecarSettings.POD,
                false);
    }

    /** Returns settings for another cluster; nearly all differ from the defaults. */
    static SidecarSettings older() {
        return new SidecarSettings(
                IMAGE,
                "IfNotPresent",
                false,
                resources(Map.of("cpu", "1m"), Map.of()),
                true,
                true,
                SidecarSettings.UNCONFINED,
                SidecarSettings.NONE,
                "/run/nitro_enclaves",
                true);
    }

    private static SidecarResources resources(
            Map<String, String> requests, Map<String, String> limits) {
        return new SidecarResources(new TreeMap<>(requests), new TreeMap<>(limits));
    }
}
