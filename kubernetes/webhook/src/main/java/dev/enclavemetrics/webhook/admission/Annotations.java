package dev.enclavemetrics.webhook.admission;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object's annotations: reads them, and adds changes of them to a patch. */
public record Annotations(JsonNode node) {

    /** Of all annotations of an object together (apimachinery, TotalAnnotationSizeLimitB). */
    private static final int MAX_BYTES = 256 << 10;

    private static final String PATH = "/metadata/annotations";

    public static Annotations of(JsonNode object) {
        return new Annotations(object.path("metadata").path("annotations"));
    }

    public @Nullable String get(String key) {
        return node.path(key).stringValue(null);
    }

    /** Whether the annotation fits, given the size of the others. */
    public boolean fits(String key, String value) {
        long bytes = bytes(key) + bytes(value);
        for (Map.Entry<String, JsonNode> other : node.properties()) {
            if (!other.getKey().equals(key)) {
                bytes += bytes(other.getKey()) + bytes(other.getValue().stringValue(""));
            }
        }
        return bytes <= MAX_BYTES;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Sets all at once: the first of an object has to create the map. */
    public void set(Map<String, String> values, JsonPatch patch) {
        if (node.isObject()) {
            values.forEach(
                    (key, value) ->
                            patch.add(
                                    JsonPatch.path(PATH, key),
                                    JsonNodeFactory.instance.stringNode(value)));
        } else if (!values.isEmpty()) {
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            values.forEach(made::put);
            patch.add(PATH, made);
        }
    }

    public void remove(String key, JsonPatch patch) {
        patch.remove(JsonPatch.path(PATH, key));
    }
}
