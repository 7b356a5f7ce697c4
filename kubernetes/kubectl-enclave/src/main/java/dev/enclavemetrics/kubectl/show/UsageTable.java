package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.kubectl.query.PodUsage;
import dev.enclavemetrics.kubectl.query.UsageList;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A table like those of kubectl: three spaces between columns, none after the last. */
final class UsageTable implements UsageFormat {

    /** A header, and the cell for a pod at a time. */
    private record Column(String header, BiFunction<PodUsage, Instant, String> cell) {}

    private static final String NO_VALUE = "-";
    private static final int GAP = 3;

    private final boolean headers;
    private final List<Column> columns = new ArrayList<>();

    UsageTable(DisplayOptions options) {
        headers = options.headers();
        if (options.namespaces()) {
            columns.add(new Column("NAMESPACE", (pod, now) -> pod.pod().namespace()));
        }
        columns.add(new Column("NAME", (pod, now) -> pod.pod().name()));
        columns.add(new Column("CPU", (pod, now) -> percent(pod.usage().cpu())));
        columns.add(new Column("MEMORY", (pod, now) -> percent(pod.usage().memory())));
        for (String metric : options.metrics()) {
            String header =
                    metric.substring(ApplicationMetric.PREFIX.length()).toUpperCase(Locale.ROOT);
            columns.add(new Column(header, (pod, now) -> number(pod.metrics().get(metric))));
        }
        columns.add(new Column("AGE", (pod, now) -> age(pod.usage().sampledAt(), now)));
        if (options.format() == DisplayOptions.Format.WIDE) {
            columns.add(new Column("WINDOW", (pod, now) -> window(pod.usage().windowSeconds())));
            columns.add(new Column("NODE", (pod, now) -> orNoValue(pod.node())));
        }
        columns.add(new Column("REASON", (pod, now) -> pod.reason().text()));
    }

    @Override
    public List<String> lines(UsageList usages) {
        List<List<String>> rows = new ArrayList<>();
        if (headers && !usages.pods().isEmpty()) {
            rows.add(columns.stream().map(Column::header).toList());
        }
        for (PodUsage pod : usages.pods()) {
            // Names and reasons are untrusted: they must not control a terminal.
            rows.add(
                    columns.stream()
                            .map(c -> Log.oneLine(c.cell().apply(pod, usages.readAt())))
                            .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] + GAP - width(row.get(i))));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String percent(@Nullable Double usage) {
        return usage == null ? NO_VALUE : String.format(Locale.ROOT, "%.1f%%", usage * 100);
    }

    private static String number(@Nullable BigDecimal value) {
        return value == null ? NO_VALUE : value.stripTrailingZeros().toPlainString();
    }

    private static String age(@Nullable Instant sampledAt, Instant now) {
        return sampledAt == null ? NO_VALUE : HumanAge.of(Duration.between(sampledAt, now));
    }

    private static String window(int seconds) {
        return seconds == 0 ? NO_VALUE : HumanAge.of(Duration.ofSeconds(seconds));
    }

    private static String orNoValue(String text) {
        return text.isEmpty() ? NO_VALUE : text;
    }
}
