package dev.enclavemetrics.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of docs/wire-format.md that lists a server's own metrics. */
public final class MetricsTable {

    private static final Pattern PREFIX = Pattern.compile("String PREFIX = \"(\\w+)\"");

    /**
     * Matches a metric in the source: kind, name, help. The source is read because metrics without
     * data are not exposed.
     */
    private static final Pattern METRIC =
            Pattern.compile(
                    "(Counter|Gauge|Histogram)\\w*\\.builder\\(\\)\\s+"
                            + "\\.name\\((?:PREFIX|prefix) \\+ \"(\\w+)\"\\)\\s+"
                            + "\\.help\\(\\s*((?:\"[^\"]*\"[\\s+]*)+)\\)");

    private static final Pattern BUILDER =
            Pattern.compile("(Counter|Gauge|Histogram|Summary|Info)\\w*\\.builder\\(\\)");

    /** A server's own sources, and those that the servers share, from the folder of its module. */
    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("../serving/src/main/java"));

    private MetricsTable() {}

    /**
     * Returns the Markdown rows of the metrics of the server whose module runs the test, sorted by
     * name.
     *
     * @param prefix the prefix of metrics that get it as a parameter
     */
    public static List<String> rows(String prefix) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> sources = Files.walk(folder)) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    addRows(source, prefix, rows);
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static void addRows(Path file, String prefix, Map<String, String> rows)
            throws IOException {
        String source = Files.readString(file);
        List<MatchResult> metrics = METRIC.matcher(source).results().toList();
        if (BUILDER.matcher(source).results().count() != metrics.size()) {
            throw new IllegalStateException(
                    file + ": each builder must begin with name and help, in literals");
        }
        Matcher constant = PREFIX.matcher(source);
        String start = constant.find() ? constant.group(1) : prefix;
        for (MatchResult metric : metrics) {
            String name = start + metric.group(2);
            String kind = metric.group(1).toLowerCase(Locale.ROOT);
            String help = metric.group(3).replaceAll("\"\\s*\\+\\s*\"|\"", "").strip();
            rows.put(name, "| `%s` | %s | %s |\n".formatted(name, kind, help));
        }
    }
}
