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

/** The documents of the whole repository, as they link to each other and to its files. */
class DocumentationLinksTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** A relative link: its file, which may be empty for the document itself, and its anchor. */
    private static final Pattern LINK =
            Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void leadSomewhere() throws IOException {
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

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
