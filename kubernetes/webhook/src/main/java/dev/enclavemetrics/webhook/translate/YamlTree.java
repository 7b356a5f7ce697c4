package dev.enclavemetrics.webhook.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads nodes of YAML, with their places in the text. */
final class YamlTree {

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

    /** A scalar's text, or an empty text if the node is not a scalar. */
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

    /** The end of the last value in it. (A block itself ends after comments and empty lines.) */
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

    /** Whether it contains an anchor, or an alias, which is a node with an anchor. */
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
}
