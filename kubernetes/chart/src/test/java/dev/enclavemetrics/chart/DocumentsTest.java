package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the links of all documents in the repository, and the types that they name. */
class DocumentsTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** A relative link: its file, which may be empty for the document itself, and its anchor. */
    private static final Pattern LINK =
            Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private static final Pattern TYPE = Pattern.compile("`[A-Z][A-Za-z]*[a-z][A-Za-z]*`");

    @Test
    void haveLinksThatLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
                Path target =
                        link.group(1).isEmpty()
                                ? document
                                : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
                    broken.add(REPOSITORY.relativize(document) + ": " + link.group());
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /** Checks the documents that name types. */
    @Test
    void nameTypesThatExist() throws IOException {
        List<String> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> types.add("`" + name.replace(".java", "`")));
        }

        for (String document :
                List.of("docs/architecture.md", "docs/security.md", ".github/CONTRIBUTING.md")) {
            assertThat(types)
                    .as(document)
                    .containsAll(
                            TYPE.matcher(Files.readString(REPOSITORY.resolve(document)))
                                    .results()
                                    .map(MatchResult::group)
                                    .toList());
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            List<Path> documents =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .toList();
            assertThat(documents).hasSizeGreaterThan(10);
            return documents;
        }
    }

    /** Returns the anchors that GitHub creates for headings. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
