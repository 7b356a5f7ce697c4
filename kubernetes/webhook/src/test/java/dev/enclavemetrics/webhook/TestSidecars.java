package dev.enclavemetrics.webhook;

import java.util.Map;

/** Sidecar settings for tests. */
final class TestSidecars {

    private TestSidecars() {}

    static SidecarSettings settings() {
        return WebhookConfig.from(
                        Map.of(Setting.SIDECAR_IMAGE, "registry.example/launcher:1"),
                        Map.of(),
                        new LogLines().log())
                .sidecar();
    }

    /** For a cluster of the other kind in every respect. */
    static SidecarSettings older() {
        return WebhookConfig.from(
                        Map.ofEntries(
                                Map.entry(Setting.SIDECAR_IMAGE, "registry.example/launcher:1"),
                                Map.entry(Setting.SIDECAR_NATIVE, "false"),
                                Map.entry(Setting.SIDECAR_CPU_REQUEST, "none"),
                                Map.entry(Setting.SIDECAR_MEMORY_REQUEST, "none"),
                                Map.entry(Setting.SIDECAR_MEMORY_LIMIT, "none"),
                                Map.entry(Setting.SIDECAR_SECCOMP_PROFILE, "Unconfined"),
                                Map.entry(Setting.NITRO_CLI, "none"),
                                Map.entry(Setting.NITRO_SOCKETS, "/run/nitro_enclaves"),
                                Map.entry(Setting.PROMETHEUS_ANNOTATIONS, "true")),
                        Map.of(),
                        new LogLines().log())
                .sidecar();
    }
}
