package dev.enclavemetrics.serving.cluster;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts YAML nodes to JSON, with limits on the work that a small text can cause. */
public final class YamlJson {

    /** YAML that contains more than plain values, or too much of them. */
    public static final class UnsuitedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnsuitedException(String message) {
            super(message);
        }
    }

    private static final int MAX_NODES = 100_000; // aliases multiply
    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 100; // parsing is quadratic in them
    private static final String MERGE_KEY = "<<";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int nodes;

    private YamlJson() {}

    /**
     * Converts a node.
     *
     * @throws UnsuitedException with the rule, and the line that breaks it
     */
    public static JsonNode of(Node node) {
        return new YamlJson().json(node, 0);
    }

    private JsonNode json(Node node, int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new UnsuitedException(
                    "must have at most "
                            + MAX_NODES
                            + " values, "
                            + MAX_DEPTH
                            + " levels deep, with its aliases resolved, found more"
                            + in(node)
                            + "; write less into one object");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item, depth + 1)));
            return array;
        }
        String text = ((ScalarNode) node).getValue();
        Tag tag = Objects.requireNonNull(node.getTag());
        if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && text.length() > MAX_DIGITS) {
            throw new UnsuitedException(
                    "must have numbers of at most "
                            + MAX_DIGITS
                            + " digits, found "
                            + text.length()
                            + in(node)
                            + "; write it shorter, or in quotes if it is no number");
        }
        return scalar(text, tag);
    }

    private JsonNode object(MappingNode mapping, int depth) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                throw new UnsuitedException(
                        "must have names as keys, found another value" + in(key) + "; correct it");
            }
            String name = scalar.getValue();
            if (name.equals(MERGE_KEY)) {
                throw new UnsuitedException(
                        "must have no merge key <<, found one"
                                + in(key)
                                + "; write the values out");
            }
            if (object.has(name)) {
                throw new UnsuitedException(
                        "must have each key once, found a second "
                                + name
                                + in(key)
                                + "; remove one");
            }
            object.set(name, json(tuple.getValueNode(), depth + 1));
        }
        return object;
    }

    private static String in(Node node) {
        return " in line " + (node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    private static JsonNode scalar(String text, Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                BigInteger number = new BigInteger(text);
                return number.bitLength() < Integer.SIZE
                        ? JSON.numberNode(number.intValue())
                        : JSON.numberNode(number);
            }
            if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            return JSON.stringNode(text); // another way to write a number; no target has one
        }
        return JSON.stringNode(text);
    }
}
