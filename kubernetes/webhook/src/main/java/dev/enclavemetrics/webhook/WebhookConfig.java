package dev.enclavemetrics.webhook;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The webhook's settings, all checked.
 *
 * @param onUntranslatable what happens to HPAs that cannot be translated
 * @param sidecar what Pods get
 */
record WebhookConfig(OnUntranslatable onUntranslatable, SidecarSettings sidecar) {

    private static final Pattern ON_UNTRANSLATABLE = Pattern.compile("refuse|warn");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private static final Pattern PULL_POLICY = Pattern.compile("Always|IfNotPresent|Never");
    private static final Pattern IMAGE = Pattern.compile("[^\\s]+");
    private static final Pattern CPU = Pattern.compile("none|\\d{1,9}m?|\\d{1,6}\\.\\d{1,3}");
    private static final Pattern MEMORY = Pattern.compile("none|\\d{1,15}([kMG]|[KMG]i)?");
    private static final Pattern PROFILE =
            Pattern.compile("Unconfined|(?!.*\\.\\.)[\\w.-][\\w./-]*");
    private static final Pattern PATH_OR_NONE = Pattern.compile("none|/(?!.*\\.\\.)[\\w./-]+");
    private static final Pattern PATH_OR_POD = Pattern.compile("pod|/(?!.*\\.\\.)[\\w./-]+");

    /**
     * Checks all settings.
     *
     * @throws BadSettingsException with every problem there is
     */
    static WebhookConfig from(
            Map<Setting, String> flags, Map<String, String> environment, Log log) {
        SettingReader settings = new SettingReader(flags, environment, log);
        OnUntranslatable onUntranslatable = onUntranslatable(settings);
        String image = settings.matching(Setting.SIDECAR_IMAGE, IMAGE, "an image");
        if (!settings.isGiven(Setting.SIDECAR_IMAGE)) {
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
                        flag(settings, Setting.SIDECAR_NATIVE),
                        resources(
                                settings,
                                Setting.SIDECAR_CPU_REQUEST,
                                Setting.SIDECAR_MEMORY_REQUEST),
                        resources(
                                settings, Setting.SIDECAR_CPU_LIMIT, Setting.SIDECAR_MEMORY_LIMIT),
                        settings.matching(
                                Setting.SIDECAR_SECCOMP_PROFILE,
                                PROFILE,
                                "Unconfined or a path below the kubelet's seccomp folder"),
                        settings.matching(Setting.NITRO_CLI, PATH_OR_NONE, "none or a full path"),
                        settings.matching(Setting.NITRO_SOCKETS, PATH_OR_POD, "pod or a full path"),
                        flag(settings, Setting.PROMETHEUS_ANNOTATIONS));
        if (!settings.problems().isEmpty()) {
            throw new BadSettingsException(settings.problems());
        }
        return new WebhookConfig(onUntranslatable, sidecar);
    }

    /** The one setting that {@code translate} has too. */
    static OnUntranslatable onUntranslatable(
            Map<Setting, String> flags, Map<String, String> environment, Log log) {
        SettingReader settings = new SettingReader(flags, environment, log);
        OnUntranslatable onUntranslatable = onUntranslatable(settings);
        if (!settings.problems().isEmpty()) {
            throw new BadSettingsException(List.copyOf(settings.problems()));
        }
        return onUntranslatable;
    }

    private static OnUntranslatable onUntranslatable(SettingReader settings) {
        String text =
                settings.matching(Setting.ON_UNTRANSLATABLE, ON_UNTRANSLATABLE, "refuse or warn");
        return text.equals("warn") ? OnUntranslatable.WARN : OnUntranslatable.REFUSE;
    }

    private static boolean flag(SettingReader settings, Setting setting) {
        return Boolean.parseBoolean(settings.matching(setting, BOOLEAN, "true or false"));
    }

    private static SortedMap<String, String> resources(
            SettingReader settings, Setting cpu, Setting memory) {
        SortedMap<String, String> resources = new TreeMap<>();
        resources.put("cpu", settings.matching(cpu, CPU, "a CPU quantity such as 100m, or none"));
        resources.put(
                "memory",
                settings.matching(memory, MEMORY, "a memory quantity such as 128Mi, or none"));
        resources.values().removeIf(SidecarSettings.NONE::equals);
        return resources;
    }
}
