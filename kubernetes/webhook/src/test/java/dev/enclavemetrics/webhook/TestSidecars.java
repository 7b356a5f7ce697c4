package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.testing.LogLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sidecar settings for tests. */
final class TestSidecars {

    private TestSidecars() {}

    static SidecarSettings settings() {
        return config().sidecar();
    }

    static WebhookConfig config() {
        return config(Map.of(Setting.SIDECAR_IMAGE, "registry.example/launcher:1"));
    }

    private static WebhookConfig config(Map<Setting, String> settings) {
        Map<Setting, String> more = new HashMap<>(settings);
        more.put(Setting.TLS_SECRET, "s");
        more.put(Setting.TLS_NAMES, "localhost");
        more.put(Setting.NAMESPACE, "n");
        return WebhookConfig.from(
                new Arguments<>(more, List.of(), false, false), Map.of(), new LogLines().log());
    }

    /** For a cluster of the other kind in every respect. */
    static SidecarSettings older() {
        return config(
                        Map.ofEntries(
                                Map.entry(Setting.SIDECAR_IMAGE, "registry.example/launcher:1"),
                                Map.entry(Setting.SIDECAR_NATIVE, "false"),
                                Map.entry(Setting.SIDECAR_CPU_REQUEST, "1m"),
                                Map.entry(Setting.ENCLAVE_CPUS_RESOURCE, "true"),
                                Map.entry(Setting.SIDECAR_MEMORY_REQUEST, "none"),
                                Map.entry(Setting.SIDECAR_MEMORY_LIMIT, "none"),
                                Map.entry(Setting.SIDECAR_SECCOMP_PROFILE, "Unconfined"),
                                Map.entry(Setting.NITRO_CLI, "none"),
                                Map.entry(Setting.NITRO_SOCKETS, "/run/nitro_enclaves"),
                                Map.entry(Setting.PROMETHEUS_ANNOTATIONS, "true")))
                .sidecar();
    }
}
