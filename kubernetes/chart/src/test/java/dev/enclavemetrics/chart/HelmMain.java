package dev.enclavemetrics.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of Helm's command line that the end-to-end cases need, for machines without Helm. It
 * uses the chart in the working directory and the cluster in {@code KUBECONFIG}.
 */
final class HelmMain {

    private static final String USAGE =
            "helm template|install|upgrade|uninstall RELEASE [--namespace=NAME]"
                    + " [--create-namespace] [--wait] [--values=FILE] [--set=KEY=VALUE]..."
                    + " [--set-file=KEY=FILE]...";
    private static final int TIMEOUT_S = 300;

    private record Pair(String key, String value) {

        static Pair parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("KEY=VALUE must be given, found " + text);
            }
            return new Pair(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private final List<Pair> values = new ArrayList<>();
    private final List<Pair> files = new ArrayList<>();
    private String namespace = Chart.NAMESPACE;
    private @Nullable Path valuesFile;
    private boolean createsNamespace;
    private boolean waits;

    private HelmMain(List<String> options) {
        for (String option : options) {
            if (option.equals("--wait")) {
                waits = true;
                continue;
            }
            if (option.equals("--create-namespace")) {
                createsNamespace = true;
                continue;
            }
            Pair pair = Pair.parse(option);
            switch (pair.key()) {
                case "--namespace" -> namespace = pair.value();
                case "--values" -> valuesFile = Path.of(pair.value());
                case "--set" -> values.add(Pair.parse(pair.value()));
                case "--set-file" -> files.add(Pair.parse(pair.value()));
                default -> throw new IllegalArgumentException("there is no " + option);
            }
        }
    }

    @SuppressWarnings("SystemOut") // results are for the terminal
    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            List<String> options = List.of(arguments).subList(2, arguments.length);
            System.out.println(new HelmMain(options).run(arguments[0], arguments[1]));
        } catch (RuntimeException e) {
            System.err.println("helm: " + e.getMessage());
            System.exit(1);
        }
    }

    private String run(String command, String release) {
        return switch (command) {
            case "template" -> template(release);
            case "install" -> install(release);
            case "upgrade" -> upgrade(release);
            case "uninstall" -> uninstall(release);
            default -> throw new IllegalArgumentException("there is no " + command + ": " + USAGE);
        };
    }

    private String template(String release) {
        TemplateCommand command =
                new Helm(Chart.FOLDER)
                        .template()
                        .withName(release)
                        .withNamespace(namespace)
                        .withKubeVersion(Chart.KUBERNETES);
        giveValues(command::set, command::setFile, command::withValuesFile);
        return command.call();
    }

    private String install(String release) {
        InstallCommand command =
                new Helm(Chart.FOLDER)
                        .install()
                        .withName(release)
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig());
        giveValues(command::set, command::setFile, command::withValuesFile);
        if (createsNamespace) {
            command.createNamespace();
        }
        if (waits) {
            command.waitReady().withTimeout(TIMEOUT_S);
        }
        return command.call().getOutput();
    }

    private String upgrade(String release) {
        UpgradeCommand command =
                new Helm(Chart.FOLDER)
                        .upgrade()
                        .withName(release)
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig());
        giveValues(command::set, command::setFile, command::withValuesFile);
        if (waits) {
            command.waitReady().withTimeout(TIMEOUT_S);
        }
        return command.call().getOutput();
    }

    /** Passes the values to a command of the library; the commands have no common type. */
    private void giveValues(
            BiConsumer<String, Object> set, BiConsumer<String, Path> setFile, Consumer<Path> file) {
        values.forEach(pair -> set.accept(pair.key(), pair.value()));
        files.forEach(pair -> setFile.accept(pair.key(), Path.of(pair.value())));
        if (valuesFile != null) {
            file.accept(valuesFile);
        }
    }

    private String uninstall(String release) {
        return Helm.uninstall(release).withNamespace(namespace).withKubeConfig(kubeconfig()).call();
    }

    private static Path kubeconfig() {
        return Path.of(
                Objects.requireNonNull(
                        System.getenv("KUBECONFIG"), "KUBECONFIG must name the cluster"));
    }
}
