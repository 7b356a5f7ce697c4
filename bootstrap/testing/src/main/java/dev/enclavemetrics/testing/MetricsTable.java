package dev.enclavemetrics.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    private MetricsTable() {}

    /**
     * Returns the Markdown rows of the metrics in these folders, sorted by name.
     *
     * @param prefix the prefix of metrics that get it as a parameter
     */
    public static List<String> rows(String prefix, Path... folders) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> sources = Files.walk(folder)) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    addRows(Files.readString(source), prefix, rows);
                }
            }
        }
        return new ArrayList<>(rows.values());
    }

    private static void addRows(String source, String prefix, Map<String, String> rows) {
        long built = BUILDER.matcher(source).results().count();
        long read = METRIC.matcher(source).results().count();
        if (built != read) {
            throw new IllegalStateException(
                    "each metric must be named and explained first: " + source);
        }
        Matcher constant = PREFIX.matcher(source);
        String start = constant.find() ? constant.group(1) : prefix;
        METRIC.matcher(source)
                .results()
                .forEach(
                        found -> {
                            String name = start + found.group(2);
                            String kind = found.group(1).toLowerCase(Locale.ROOT);
                            String help =
                                    found.group(3).replaceAll("\"\\s*\\+\\s*\"|\"", "").strip();
                            rows.put(name, "| `%s` | %s | %s |\n".formatted(name, kind, help));
                        });
    }
}
