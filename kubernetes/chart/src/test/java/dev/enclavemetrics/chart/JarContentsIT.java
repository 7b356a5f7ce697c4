package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each released jar must name all libraries that it contains, include their licenses, and contain
 * each class of ours that it needs: the jars include only some classes of other modules.
 */
class JarContentsIT {

    /** Only an inlined constant of this class is used; the reference in the class file is not. */
    private static final String INLINED = "dev.enclavemetrics.contract.AnnotationKeys";

    private static final Pattern POM_PROPERTIES =
            Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom.properties");
    private static final String OURS = "dev.enclavemetrics";

    /** A part of netty-common, whose license file names it. */
    private static final String WITHIN_NETTY = "org.jctools";

    @ParameterizedTest
    @MethodSource("jars")
    void areNamedAndLicensed(String path) throws IOException {
        Path jar = jar(path);
        String name = jar.getFileName().toString().replace(".jar", "");
        try (ZipFile files = new ZipFile(jar.toFile())) {
            Map<String, String> texts = texts(files);
            Object sbom =
                    new Rendered(texts.getOrDefault("META-INF/sbom/" + name + ".cdx.json", ""))
                            .objects()
                            .get(0);
            Set<String> components =
                    Rendered.list(sbom, "components").stream()
                            .map(c -> Rendered.text(c, "group") + ":" + Rendered.text(c, "name"))
                            .collect(Collectors.toCollection(TreeSet::new));

            assertThat(Rendered.text(sbom, "metadata", "component", "name")).isEqualTo(name);
            assertThat(components).containsAll(bundled(files, name));
            assertThat(texts.get("META-INF/LICENSE")).contains("Apache License");
            assertThat(licensed(texts, components))
                    .as("libraries with a license, of those in the SBOM")
                    .containsExactlyInAnyOrderElementsOf(
                            components.stream().filter(c -> !c.startsWith(OURS)).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void haveTheClassesThatTheyNeed(String path) {
        assumeThat(path).doesNotContain("optional"); // this jar extends the agent's
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(out, out, "--multi-release=17", "--missing-deps", jar(path).toString());

        assertThat(printed.toString().lines())
                .filteredOn(line -> line.contains("-> " + OURS) && !line.contains(INLINED))
                .isEmpty();
    }

    static List<String> jars() {
        return List.of(
                "enclave-agent/target/enclave-agent.jar",
                "enclave-agent/target/enclave-agent-optional.jar",
                "launcher/target/launcher.jar",
                "kubernetes/metrics-server/target/metrics-server.jar",
                "kubernetes/webhook/target/webhook.jar",
                "kubernetes/kubectl-enclave/target/kubectl-enclave.jar");
    }

    private static Path jar(String path) {
        Path jar = Chart.FOLDER.resolve("../..").resolve(path).normalize();
        assumeThat(jar).exists(); // missing if only some modules were built
        return jar;
    }

    private static Map<String, String> texts(ZipFile files) {
        Map<String, String> texts = new TreeMap<>();
        files.stream()
                .filter(file -> file.getName().matches("META-INF/(sbom/.+|licenses/.+|LICENSE)"))
                .forEach(file -> texts.put(file.getName(), text(files, file)));
        return texts;
    }

    private static String text(ZipFile files, ZipEntry file) {
        try {
            return new String(files.getInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the bundled libraries, by their own files; some libraries have none. */
    private static Set<String> bundled(ZipFile files, String name) {
        return files.stream()
                .map(file -> POM_PROPERTIES.matcher(file.getName()))
                .filter(Matcher::matches)
                .filter(file -> !file.group(1).equals(WITHIN_NETTY))
                .map(file -> file.group(1) + ":" + file.group(2))
                .filter(library -> !library.equals(OURS + ":" + name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> licensed(Map<String, String> texts, Set<String> components) {
        List<String> licensed = new ArrayList<>();
        texts.forEach(
                (name, text) -> {
                    if (name.startsWith("META-INF/licenses/")) {
                        List<String> libraries =
                                List.of(text.lines().findFirst().orElseThrow().split(" "));
                        List<String> covered =
                                components.stream()
                                        .filter(
                                                component ->
                                                        libraries.contains(component)
                                                                || libraries.contains(
                                                                        component.replaceFirst(
                                                                                ":.*", ":*")))
                                        .toList();
                        assertThat(covered).as(name).isNotEmpty();
                        licensed.addAll(covered);
                    }
                });
        return licensed;
    }
}
