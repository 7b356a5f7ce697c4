package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.SidecarResources;
import dev.enclavemetrics.webhook.pod.SidecarSettings;
import dev.enclavemetrics.webhook.translate.TranslateCommand;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The webhook's settings, validated.
 *
 * @param onUntranslatable what happens to HPAs that cannot be translated
 * @param sidecar the sidecar that Pods get
 * @param serving address, certificate and cluster
 */
record WebhookConfig(
        OnUntranslatable onUntranslatable, SidecarSettings sidecar, ServingConfig serving) {

    private static final Pattern ON_UNTRANSLATABLE = Pattern.compile("refuse|warn");
    private static final Pattern PULL_POLICY = Pattern.compile("Always|IfNotPresent|Never");
    private static final Pattern IMAGE = Pattern.compile("[^\\s]+");
    private static final Pattern PROFILE =
            Pattern.compile("Unconfined|(?!.*\\.\\.)[\\w.-][\\w./-]*");
    private static final Pattern PATH_OR_NONE = Pattern.compile("none|/(?!.*\\.\\.)[\\w./-]+");
    private static final Pattern PATH_OR_POD = Pattern.compile("pod|/(?!.*\\.\\.)[\\w./-]+");

    /**
     * Reads and validates all settings.
     *
     * @throws BadSettingsException with every problem
     */
    static WebhookConfig from(
            Arguments<Setting> arguments, Map<String, String> environment, Log log) {
        SettingReader<Setting> settings = reader(arguments, environment, log);
        OnUntranslatable onUntranslatable = onUntranslatable(settings);
        String image = settings.matching(Setting.SIDECAR_IMAGE, IMAGE, "an image");
        if (settings.get(Setting.SIDECAR_IMAGE) == null) {
            settings.problem(
                    Setting.SIDECAR_IMAGE.flag()
                            + " must be given, found none; write the launcher's image, such as"
                            + " registry.example/enclave-metrics/launcher:1.0");
        }
        SidecarSettings sidecar =
                new SidecarSettings(
                        image,
                        settings.matching(
                                Setting.SIDECAR_PULL_POLICY,
                                PULL_POLICY,
                                "Always, IfNotPresent or Never"),
                        settings.flag(Setting.SIDECAR_NATIVE, true),
                        resources(settings),
                        settings.flag(Setting.ENCLAVE_CPUS_RESOURCE, false),
                        settings.flag(Setting.ALLOW_ENCLAVE_DEBUG, false),
                        settings.matching(
                                Setting.SIDECAR_SECCOMP_PROFILE,
                                PROFILE,
                                "Unconfined or a path below the kubelet's seccomp folder"),
                        settings.matching(
                                Setting.NITRO_CLI, PATH_OR_NONE, "none or an absolute path"),
                        settings.matching(
                                Setting.NITRO_SOCKETS, PATH_OR_POD, "pod or an absolute path"),
                        settings.flag(Setting.PROMETHEUS_ANNOTATIONS, false));
        ServingConfig serving = ServingConfig.from(settings);
        if (!settings.problems().isEmpty()) {
            throw new BadSettingsException(settings.problems());
        }
        return new WebhookConfig(onUntranslatable, sidecar, serving);
    }

    /**
     * The one setting of {@code translate}.
     *
     * @throws BadSettingsException with every problem, those of the options included
     */
    static OnUntranslatable forTranslate(
            TranslateCommand.Options options,
            Arguments<Setting> arguments,
            Map<String, String> environment,
            Log log) {
        SettingReader<Setting> settings = reader(arguments, environment, log);
        options.problems().forEach(settings::problem);
        OnUntranslatable onUntranslatable = onUntranslatable(settings);
        if (!settings.problems().isEmpty()) {
            throw new BadSettingsException(settings.problems());
        }
        return onUntranslatable;
    }

    private static OnUntranslatable onUntranslatable(SettingReader<Setting> settings) {
        String text =
                settings.matching(Setting.ON_UNTRANSLATABLE, ON_UNTRANSLATABLE, "refuse or warn");
        return text.equals("warn") ? OnUntranslatable.WARN : OnUntranslatable.REFUSE;
    }

    private static SidecarResources resources(SettingReader<Setting> settings) {
        SidecarResources resources =
                new SidecarResources(
                        resources(
                                settings,
                                Setting.SIDECAR_CPU_REQUEST,
                                Setting.SIDECAR_MEMORY_REQUEST),
                        resources(
                                settings, Setting.SIDECAR_CPU_LIMIT, Setting.SIDECAR_MEMORY_LIMIT));
        String above = resources.aboveItsLimit();
        if (above != null) {
            settings.problem(
                    "--sidecar-%1$s-request must not be above --sidecar-%1$s-limit, found %2$s above"
                                    .formatted(above, resources.requests().get(above))
                            + " %s; raise the limit, or lower the request"
                                    .formatted(resources.limits().get(above)));
        }
        if (resources.requests().isEmpty()
                && !resources.limits().containsKey(SidecarResources.CPU)) {
            settings.problem(
                    "--sidecar-cpu-request or --sidecar-memory-request must be given, found none;"
                            + " a launcher that starts an enclave needs hugepages, which Kubernetes"
                            + " accepts only beside CPU or memory, and has no memory limit");
        }
        return resources;
    }

    private static SortedMap<String, String> resources(
            SettingReader<Setting> settings, Setting cpu, Setting memory) {
        SortedMap<String, String> resources = new TreeMap<>();
        resources.put(
                SidecarResources.CPU,
                settings.matching(
                        cpu,
                        SidecarResources.form(SidecarResources.CPU),
                        "a CPU quantity such as 100m, or none"));
        resources.put(
                SidecarResources.MEMORY,
                settings.matching(
                        memory,
                        SidecarResources.form(SidecarResources.MEMORY),
                        "a memory quantity such as 128Mi, or none"));
        resources.values().removeIf(SidecarSettings.NONE::equals);
        return resources;
    }

    private static SettingReader<Setting> reader(
            Arguments<Setting> arguments, Map<String, String> environment, Log log) {
        return new SettingReader<>(Setting.class, "webhook", arguments, environment, log);
    }
}
