package dev.enclavemetrics.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses values.yaml: each value with the comment above it. */
final class ValuesFile {

    /** A value, such as {@code metricsServer.port}, with its default as written and its comment. */
    record Value(String path, String defaultText, String meaning) {}

    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
    private static final Pattern KEY = Pattern.compile("((?:  )*)([A-Za-z]+):(?: (.+))?");

    private ValuesFile() {}

    static List<Value> values() {
        List<Value> values = new ArrayList<>();
        List<String> path = new ArrayList<>();
        String meaning = "";
        for (String line : Chart.lines("values.yaml")) {
            Matcher comment = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (comment.matches()) {
                meaning = (meaning + " " + comment.group(1)).strip();
                continue;
            }
            if (key.matches()) {
                int depth = key.group(1).length() / 2;
                path.subList(depth, path.size()).clear();
                path.add(key.group(2));
                if (key.group(3) != null) {
                    values.add(new Value(String.join(".", path), key.group(3), meaning));
                }
            } else if (!line.isBlank()) {
                throw new AssertionError(
                        "values.yaml must have a key and its value on each line, found " + line);
            }
            meaning = "";
        }
        return values;
    }
}
