package dev.enclavemetrics.chart;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.SettingsCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a process, from its jar.
 *
 * @param deployment the Deployment that runs the process
 * @param enumName the class that lists the settings
 * @param configName the class that checks them
 * @param leftOut flags that the chart does not set: useful only outside of a cluster, or left to
 *     extraArgs
 */
record ProcessSettings(String deployment, String enumName, String configName, Set<String> leftOut) {

    static final ProcessSettings SERVER =
            new ProcessSettings(
                    "enclave-metrics-server",
                    "dev.enclavemetrics.metricsserver.Setting",
                    "dev.enclavemetrics.metricsserver.MetricsServerConfig",
                    Set.of("--kubeconfig", "--bind", "--namespace"));

    static final ProcessSettings WEBHOOK =
            new ProcessSettings(
                    "enclave-metrics-webhook",
                    "dev.enclavemetrics.webhook.Setting",
                    "dev.enclavemetrics.webhook.WebhookConfig",
                    Set.of("--kubeconfig", "--bind", "--namespace", "--max-connections"));

    static Stream<ProcessSettings> all() {
        return Stream.of(SERVER, WEBHOOK);
    }

    /** Returns the default text by flag. */
    Map<String, String> defaults() throws ReflectiveOperationException {
        Class<?> type = Class.forName(enumName);
        Map<String, String> defaults = new TreeMap<>();
        for (Object setting : type.getEnumConstants()) {
            defaults.put(text(type, setting, "flag"), text(type, setting, "defaultText"));
        }
        return defaults;
    }

    /** Calls a method by reflection, since the enums are package-private. */
    private static String text(Class<?> type, Object setting, String name)
            throws ReflectiveOperationException {
        List<Class<?>> owners =
                Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces())).toList();
        for (Class<?> owner : owners) {
            for (var method : owner.getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    method.setAccessible(true);
                    return String.valueOf(method.invoke(setting));
                }
            }
        }
        throw new NoSuchMethodException(type + "." + name);
    }

    /**
     * Reads and checks arguments as the process does at its start.
     *
     * @throws BadSettingsException with all problems
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the enum is package-private
    void start(List<String> arguments) throws ReflectiveOperationException {
        Class type = Class.forName(enumName);
        Arguments read =
                new SettingsCommand(type, EnumSet.allOf(type), "Test.")
                        .parse(arguments.toArray(String[]::new));
        Method from =
                Class.forName(configName)
                        .getDeclaredMethod("from", Arguments.class, Map.class, Log.class);
        from.setAccessible(true);
        Log log = new Log(new PrintStream(OutputStream.nullOutputStream()), Instant::now);
        try {
            from.invoke(null, read, Map.of(), log);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof BadSettingsException bad) {
                throw bad;
            }
            throw e;
        }
    }

    /** Returns the flags that the chart sets with any of the variants. */
    Set<String> rendered() {
        return Arrays.stream(Variant.values())
                .map(Variant::render)
                .filter(rendered -> rendered.has("Deployment " + deployment))
                .map(rendered -> rendered.arguments(deployment))
                .flatMap(Collection::stream)
                .map(ProcessSettings::flag)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String flag(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    @Override
    public String toString() {
        return deployment;
    }
}
