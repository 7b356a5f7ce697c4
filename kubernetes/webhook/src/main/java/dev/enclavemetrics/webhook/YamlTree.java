package dev.enclavemetrics.webhook;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
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

/** Reads nodes of YAML that know their places in the text. */
final class YamlTree {

    /** YAML that is no plain tree of values. */
    static final class UnsuitedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnsuitedException(String message) {
            super(message);
        }
    }

    private static final int MAX_NODES = 100_000; // aliases make much of little
    private static final int MAX_DEPTH = 100;
    private static final String MERGE_KEY = "<<";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int nodes;

    private YamlTree() {}

    static @Nullable NodeTuple member(@Nullable Node map, String key) {
        if (map instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (text(tuple.getKeyNode()).equals(key)) {
                    return tuple;
                }
            }
        }
        return null;
    }

    static @Nullable Node value(@Nullable Node map, String key) {
        NodeTuple tuple = member(map, key);
        return tuple == null ? null : tuple.getValueNode();
    }

    /** A scalar's text, or an empty one for what is none. */
    static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static List<Node> items(@Nullable Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    static Mark start(Node node) {
        return node.getStartMark().orElseThrow();
    }

    static Mark end(Node node) {
        return node.getEndMark().orElseThrow();
    }

    /** Where the last value in it ends: a block's own end lies behind comments and empty lines. */
    static Mark contentEnd(Node node) {
        if (node instanceof MappingNode mapping
                && !mapping.getValue().isEmpty()
                && isBlock(mapping)) {
            List<NodeTuple> tuples = mapping.getValue();
            return contentEnd(tuples.get(tuples.size() - 1).getValueNode());
        }
        if (node instanceof SequenceNode sequence
                && !sequence.getValue().isEmpty()
                && isBlock(sequence)) {
            return contentEnd(sequence.getValue().get(sequence.getValue().size() - 1));
        }
        return end(node);
    }

    static boolean isBlock(Node node) {
        return node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.BLOCK;
    }

    /** Whether an anchor is in it, or an alias, which stands for a node with an anchor. */
    static boolean isShared(Node node) {
        if (node.getAnchor().isPresent()) {
            return true;
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .anyMatch(t -> isShared(t.getKeyNode()) || isShared(t.getValueNode()));
        }
        return items(node).stream().anyMatch(YamlTree::isShared);
    }

    /**
     * The same as JSON.
     *
     * @throws UnsuitedException if it is no tree of values of a sensible size
     */
    static JsonNode json(Node node) {
        return new YamlTree().json(node, 0);
    }

    private JsonNode json(Node node, int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new UnsuitedException(
                    "must have at most "
                            + MAX_NODES
                            + " values, "
                            + MAX_DEPTH
                            + " levels deep, with its aliases resolved; write less into one"
                            + " object");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = text(tuple.getKeyNode());
                if (key.equals(MERGE_KEY)) {
                    throw new UnsuitedException("must have no merge key <<; write the values out");
                }
                object.set(key, json(tuple.getValueNode(), depth + 1));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item, depth + 1)));
            return array;
        }
        return scalar(text(node), Objects.requireNonNull(node.getTag()));
    }

    private static JsonNode scalar(String text, Tag tag) {
        try {
            if (tag.equals(Tag.NULL)) {
                return JSON.nullNode();
            }
            if (tag.equals(Tag.BOOL)) {
                return JSON.booleanNode(Boolean.parseBoolean(text));
            }
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
