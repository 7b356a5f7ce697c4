package dev.enclavemetrics.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The chart in the repository, rendered with values of a test. */
final class Chart {

    static final Path FOLDER = Path.of("").toAbsolutePath();

    static final String RELEASE = "enclave-metrics";
    static final String NAMESPACE = "enclave-system";

    /** Without it, the library renders for Kubernetes 1.20. */
    static final String KUBERNETES = "1.37.0";

    /** The values that every user must set; each test uses them. */
    private static final Path REQUIRED_VALUES =
            FOLDER.resolve("src/test/resources/required-values.yaml");

    private Chart() {}

    /**
     * Returns the output of {@code helm template}.
     *
     * @param values the text of a values file
     * @throws RuntimeException if the chart or its schema rejects the values
     */
    static Rendered render(String values) {
        return render(RELEASE, values);
    }

    static Rendered render(String release, String values) {
        return withFile(
                values,
                file -> {
                    TemplateCommand command =
                            new Helm(FOLDER)
                                    .template()
                                    .withName(release)
                                    .withNamespace(NAMESPACE)
                                    .withKubeVersion(KUBERNETES)
                                    .withValuesFile(REQUIRED_VALUES)
                                    .withValuesFile(file);
                    return new Rendered(command.call());
                });
    }

    static Rendered defaults() {
        return render("");
    }

    /**
     * Renders another chart that contains this one in its folder {@code charts}.
     *
     * @param definition the text of its Chart.yaml
     */
    static Rendered renderWithin(Path parent, String definition, String values) {
        try {
            Path folder = Files.createDirectories(parent.resolve("charts/" + RELEASE));
            for (String part : List.of("Chart.yaml", "values.yaml", "values.schema.json")) {
                Files.copy(FOLDER.resolve(part), folder.resolve(part));
            }
            for (String part : List.of("templates", "files")) {
                try (Stream<Path> files = Files.walk(FOLDER.resolve(part))) {
                    for (Path file : files.toList()) {
                        Files.copy(file, folder.resolve(FOLDER.relativize(file)));
                    }
                }
            }
            Files.writeString(parent.resolve("Chart.yaml"), definition);
            Files.writeString(parent.resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text =
                new Helm(parent)
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .call();
        return new Rendered(Objects.requireNonNullElse(text, "")); // null without objects
    }

    /** Returns the notes in the output of {@code helm install}. */
    static String notes(String values) {
        String said =
                withFile(
                        values,
                        file ->
                                new Helm(FOLDER)
                                        .install()
                                        .withName(RELEASE)
                                        .withNamespace(NAMESPACE)
                                        .withKubeVersion(KUBERNETES)
                                        .withValuesFile(REQUIRED_VALUES)
                                        .withValuesFile(file)
                                        .clientOnly()
                                        .dryRun()
                                        .call()
                                        .getOutput());
        return said.substring(said.indexOf("NOTES:"));
    }

    /** Returns the result of {@code helm lint --strict} with the chart's default values. */
    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    static String read(String path) {
        try {
            return Files.readString(FOLDER.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String path) {
        return read(path).lines().toList();
    }

    private interface Command<T> {
        T call(Path valuesFile);
    }

    private static <T> T withFile(String values, Command<T> command) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return command.call(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
