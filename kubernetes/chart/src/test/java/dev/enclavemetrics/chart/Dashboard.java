package dev.enclavemetrics.chart;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Grafana dashboard and its queries to Prometheus. */
final class Dashboard {

    static final String FILE = "files/grafana-dashboard.json";

    private static final Pattern LABEL_VALUES =
            Pattern.compile("label_values\\((.+), ([a-z_]+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[a-z_]+}?");

    private final Object root = new Rendered(Chart.read(FILE)).objects().get(0);

    Object root() {
        return root;
    }

    /** Returns all panels, including rows, in their order. */
    List<Object> panels() {
        return Rendered.list(root, "panels");
    }

    List<Object> variables() {
        return Rendered.list(root, "templating", "list");
    }

    static List<Object> targets(Object panel) {
        return Rendered.list(panel, "targets");
    }

    /** Returns the queries of all panels, with the variables replaced by chosen values. */
    List<String> queries(Map<String, String> chosen) {
        return panels().stream()
                .flatMap(panel -> targets(panel).stream())
                .map(target -> filled(Rendered.text(target, "expr"), chosen))
                .toList();
    }

    /** Returns the queries by which Grafana finds the values of its variables. */
    List<String> variableQueries(Map<String, String> chosen) {
        return variables().stream()
                .filter(variable -> Rendered.text(variable, "type").equals("query"))
                .map(variable -> labelValues(Rendered.text(variable, "query", "query"), chosen))
                .toList();
    }

    private static String labelValues(String function, Map<String, String> chosen) {
        Matcher matcher = LABEL_VALUES.matcher(function);
        if (!matcher.matches()) {
            throw new AssertionError("expected label_values(SERIES, LABEL), found " + function);
        }
        return "group by (%s) (%s)".formatted(matcher.group(2), filled(matcher.group(1), chosen));
    }

    private static String filled(String query, Map<String, String> chosen) {
        return VARIABLE.matcher(query)
                .replaceAll(
                        found -> {
                            String name = found.group().replaceAll("[${}]", "");
                            String value = chosen.get(name);
                            if (value == null) {
                                throw new AssertionError("no variable " + name + ": " + query);
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    /** Returns a panel's x, y, w or h in the grid of 24 columns. */
    static int place(Object panel, String side) {
        return Integer.parseInt(Rendered.text(panel, "gridPos", side));
    }

    /** Returns whether two panels overlap. */
    static boolean overlap(Object one, Object other) {
        return Stream.of(List.of("x", "w"), List.of("y", "h"))
                .allMatch(
                        axis ->
                                place(one, axis.get(0))
                                                < place(other, axis.get(0))
                                                        + place(other, axis.get(1))
                                        && place(other, axis.get(0))
                                                < place(one, axis.get(0))
                                                        + place(one, axis.get(1)));
    }
}
