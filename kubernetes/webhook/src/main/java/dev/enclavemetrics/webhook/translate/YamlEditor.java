package dev.enclavemetrics.webhook.translate;

import dev.enclavemetrics.webhook.hpa.MetricEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects edits of a YAML text, each in the style of its surroundings: block, flow or JSON. */
final class YamlEditor {

    private final String text;
    private final String newline;
    private final int[] supplementary; // indices of the code points that take two characters
    private final List<TextEdit> edits = new ArrayList<>();

    YamlEditor(String text) {
        this.text = text;
        newline = text.contains("\r\n") ? "\r\n" : "\n";
        supplementary = supplementary(text);
    }

    List<TextEdit> edits() {
        return List.copyOf(edits);
    }

    private static int[] supplementary(String text) {
        IntStream.Builder indices = IntStream.builder();
        int index = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                indices.add(index);
            }
            index++;
        }
        return indices.build().toArray();
    }

    /** Marks count code points, strings count UTF-16. */
    private int offset(Mark mark) {
        int before = Arrays.binarySearch(supplementary, mark.getIndex());
        return mark.getIndex() + (before < 0 ? -before - 1 : before);
    }

    private void edit(Mark start, Mark end, String replacement) {
        edits.add(new TextEdit(offset(start), offset(end), replacement));
    }

    /** Replaces a scalar, and keeps its quotes. */
    void scalar(@Nullable Node scalar, String value) {
        if (scalar != null) {
            edit(YamlTree.start(scalar), YamlTree.end(scalar), quotedAs(scalar, value));
        }
    }

    /** Replaces key and value of a member. The value is quoted if it would be read as a number. */
    void string(NodeTuple tuple, String key, String value) {
        scalar(tuple.getKeyNode(), key);
        Node old = tuple.getValueNode();
        boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean quoted = digits || isQuoted(tuple.getKeyNode());
        edit(
                YamlTree.start(old),
                YamlTree.end(old),
                quoted ? "\"" + value + "\"" : quotedAs(old, value));
    }

    /** Replaces {@code name: x} by {@code outer: {name: y}}, or the same in a block. */
    void wrap(NodeTuple tuple, Node map, int step, String outer, String value) {
        Node key = tuple.getKeyNode();
        Node old = tuple.getValueNode();
        String inner = quotedAs(old, value);
        String name = text.substring(offset(YamlTree.start(key)), offset(YamlTree.end(key)));
        String colon = text.substring(offset(YamlTree.end(key)), offset(YamlTree.start(old)));
        String replacement;
        if (YamlTree.isBlock(map)) {
            String indent = " ".repeat(YamlTree.start(key).getColumn() + step);
            replacement = quotedAs(key, outer) + ":" + newline + indent + name + colon + inner;
        } else {
            replacement = quotedAs(key, outer) + colon + "{" + name + colon + inner + "}";
        }
        edit(YamlTree.start(key), YamlTree.end(old), replacement);
    }

    /** Replaces a member. */
    void member(NodeTuple old, Node map, Metrics metrics) {
        Node value = old.getValueNode();
        edit(
                YamlTree.start(old.getKeyNode()),
                YamlTree.contentEnd(value),
                metrics.text(old.getKeyNode(), map));
    }

    /** Inserts a member before the first one. */
    void memberBefore(NodeTuple first, Node map, Metrics metrics) {
        Mark place = YamlTree.start(first.getKeyNode());
        String end = YamlTree.isBlock(map) ? newline + " ".repeat(place.getColumn()) : ", ";
        edit(place, place, metrics.text(first.getKeyNode(), map) + end);
    }

    /** The text of {@code metrics:}, in the style of a key beside it. */
    final class Metrics {

        private final MetricEntry.Standard standard;

        Metrics(MetricEntry.Standard standard) {
            this.standard = standard;
        }

        private String text(Node key, Node map) {
            String name = standard.metric().metricName();
            String value = standard.averageValue();
            if (isQuoted(key)) {
                return "\"metrics\": [" + standard.translation() + "]";
            }
            String number = value.matches("\\d+") ? "\"" + value + "\"" : value;
            if (!YamlTree.isBlock(map)) {
                return "metrics: [{type: Pods, pods: {metric: {name: "
                        + name
                        + "}, target: {type: Utilization, averageValue: "
                        + number
                        + "}}}]";
            }
            String indent = newline + " ".repeat(YamlTree.start(key).getColumn());
            return String.join(
                    indent,
                    "metrics:",
                    "  - type: Pods",
                    "    pods:",
                    "      metric:",
                    "        name: " + name,
                    "      target:",
                    "        type: Utilization",
                    "        averageValue: " + number);
        }
    }

    /** Removes some entries of a list, but not all. */
    void remove(Node list, List<Integer> indices) {
        List<Node> items = YamlTree.items(list);
        int leading = 0; // how many of those removed are at the start of the list
        while (indices.contains(leading)) {
            leading++;
        }
        for (int index : indices) {
            if (YamlTree.isBlock(list)) {
                removeLines(items.get(index), YamlTree.start(list).getColumn());
            } else if (index >= leading) {
                edit(YamlTree.end(items.get(index - 1)), YamlTree.end(items.get(index)), "");
            }
        }
        if (leading > 0 && !YamlTree.isBlock(list)) {
            edit(YamlTree.start(items.get(0)), YamlTree.start(items.get(leading)), "");
        }
    }

    /** Removes from the dash, which may be on an earlier line, to the end of the last line. */
    private void removeLines(Node item, int dashColumn) {
        int start = text.lastIndexOf('\n', offset(YamlTree.start(item)) - 1) + 1;
        while (start > 0 && !text.startsWith("-", start + dashColumn)) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        int end = text.indexOf('\n', offset(YamlTree.contentEnd(item)));
        edits.add(new TextEdit(start, end < 0 ? text.length() : end + 1, ""));
    }

    private static boolean isQuoted(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    }

    private static String quotedAs(Node node, String value) {
        if (isQuoted(node)) {
            return "\"" + value + "\"";
        }
        boolean single =
                node instanceof ScalarNode scalar
                        && scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        return single ? "'" + value + "'" : value;
    }
}
