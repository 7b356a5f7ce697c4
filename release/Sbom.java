import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what a jar is made of, from its resolved classpath: {@code META-INF/sbom/NAME.cdx.json}
 * (CycloneDX 1.6) and the licenses of the bundled libraries in {@code META-INF/licenses}, with our
 * own in {@code META-INF/LICENSE}. A library without a license in {@code release/licenses} fails the
 * build. The plugin of the CycloneDX project does not run offline, as the images' builds do.
 *
 * <p>{@code java Sbom.java NAME VERSION FOLDER REPOSITORY CLASSPATH [GROUP-LEFT-OUT...]}
 */
public final class Sbom {

    private static final String OURS = "dev.enclavemetrics";

    /** A file in release/licenses: who it is for, and the license that we use them under. */
    private record License(Path file, List<String> libraries, String expression) {

        static License read(Path file) {
            try {
                List<String> lines = Files.readAllLines(file);
                return new License(
                        file,
                        List.of(header(lines.get(0), "Libraries").split(" ")),
                        header(lines.get(1), "License"));
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException(
                        file + " must begin with the lines Libraries: and License:", e);
            }
        }

        private static String header(String line, String name) {
            if (!line.startsWith(name + ": ")) {
                throw new IllegalArgumentException("found " + line);
            }
            return line.substring(name.length() + 2);
        }

        boolean isFor(String group, String artifact) {
            return libraries.contains(group + ":" + artifact) || libraries.contains(group + ":*");
        }
    }

    private record Library(
            String group, String name, String version, String classifier, String sha256) {

        String purl() {
            String qualifiers = (classifier.isEmpty() ? "" : "classifier=" + classifier + "&") + "type=jar";
            return "pkg:maven/" + group + "/" + name + "@" + version + "?" + qualifiers;
        }

        String component(String type, String license) {
            String hashes =
                    sha256.isEmpty()
                            ? ""
                            : ", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"%s\"}]".formatted(sha256);
            return """
                    {"type": "%s", "bom-ref": "%s", "group": "%s", "name": "%s", "version": "%s", \
                    "purl": "%s", "licenses": [{"license": {"id": "%s"}}]%s}"""
                    .formatted(type, purl(), group, name, version, purl(), license, hashes);
        }
    }

    private final List<License> licenses;
    private final Path repository;
    private final String version;

    private Sbom(List<License> licenses, Path repository, String version) {
        this.licenses = licenses;
        this.repository = repository;
        this.version = version;
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("root"));
        String name = arguments[0];
        String version = arguments[1];
        Path metaInf = Path.of(arguments[2]).resolve("META-INF");
        List<String> leftOut = List.of(arguments).subList(5, arguments.length);
        List<License> licenses;
        try (Stream<Path> files = Files.list(root.resolve("release/licenses"))) {
            licenses = files.sorted().map(License::read).toList();
        }
        Sbom sbom = new Sbom(licenses, Path.of(arguments[3]), version);
        Map<String, Library> libraries = new TreeMap<>();
        for (String entry : arguments[4].split(System.getProperty("path.separator"))) {
            Library library = sbom.library(Path.of(entry));
            if (!leftOut.contains(library.group()) && !library.name().equals(name)) {
                libraries.put(library.purl(), library);
            }
        }

        Path folder = Files.createDirectories(metaInf.resolve("sbom"));
        Library own = new Library(OURS, name, version, "", "");
        Files.writeString(folder.resolve(name + ".cdx.json"), sbom.document(own, libraries));
        Files.copy(root.resolve("LICENSE"), metaInf.resolve("LICENSE"), StandardCopyOption.REPLACE_EXISTING);
        for (Library library : libraries.values()) {
            if (!library.group().equals(OURS)) {
                Path license = sbom.license(library).file();
                Path copy = Files.createDirectories(metaInf.resolve("licenses"));
                Files.copy(license, copy.resolve(license.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Of one of our modules, as a jar or as classes, or of a jar in Maven's repository. */
    private Library library(Path entry) throws IOException {
        if (!entry.startsWith(repository)) {
            Path target = entry;
            while (!target.endsWith("target")) {
                target = target.getParent();
            }
            return new Library(OURS, target.getParent().getFileName().toString(), version, "", "");
        }
        Path place = repository.relativize(entry.getParent());
        String itsVersion = place.getFileName().toString();
        String name = place.getParent().getFileName().toString();
        List<String> group = new ArrayList<>();
        place.getParent().getParent().forEach(part -> group.add(part.toString()));
        String end = entry.getFileName().toString().substring((name + "-" + itsVersion).length());
        String classifier = end.replaceFirst("^-", "").replaceFirst("\\.jar$", "");
        return new Library(String.join(".", group), name, itsVersion, classifier, sha256(entry));
    }

    private String document(Library own, Map<String, Library> libraries) {
        String components =
                libraries.values().stream()
                        .map(library -> "    " + library.component("library", license(library).expression()))
                        .collect(Collectors.joining(",\n"));
        String refs =
                libraries.keySet().stream()
                        .map(ref -> "\"" + ref + "\"")
                        .collect(Collectors.joining(", "));
        String serial = UUID.nameUUIDFromBytes((own + components).getBytes(StandardCharsets.UTF_8)).toString();
        return """
                {
                  "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                  "serialNumber": "urn:uuid:%s",
                  "metadata": {"component": %s},
                  "components": [
                %s
                  ],
                  "dependencies": [{"ref": "%s", "dependsOn": [%s]}]
                }
                """
                .formatted(serial, own.component("application", "Apache-2.0"), components, own.purl(), refs);
    }

    private License license(Library library) {
        if (library.group().equals(OURS)) {
            return new License(Path.of("LICENSE"), List.of(), "Apache-2.0");
        }
        return licenses.stream()
                .filter(license -> license.isFor(library.group(), library.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "each bundled library must have its license in release/licenses, found"
                                                + " none for %s:%s; add it to the Libraries line of a file there"
                                                        .formatted(library.group(), library.name())));
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
