package dev.enclavemetrics.webhook;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gathers the operations of an RFC 6902 patch. */
final class JsonPatch {

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    /** A path of names that need escaping, such as {@code nitro.k8s.anjuna.io/managed}. */
    static String path(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    JsonPatch test(String path, String value) {
        return operation("test", path, JsonNodeFactory.instance.stringNode(value));
    }

    JsonPatch add(String path, JsonNode value) {
        return operation("add", path, value);
    }

    JsonPatch replace(String path, JsonNode value) {
        return operation("replace", path, value);
    }

    JsonPatch remove(String path) {
        operations.add(JsonNodeFactory.instance.objectNode().put("op", "remove").put("path", path));
        return this;
    }

    /** Adds to a list, which is made where there is none. */
    JsonPatch append(JsonNode list, String path, JsonNode value) {
        return list.isArray()
                ? add(path + "/-", value)
                : add(path, JsonNodeFactory.instance.arrayNode().add(value));
    }

    private JsonPatch operation(String name, String path, JsonNode value) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("op", name).put("path", path).set("value", value);
        operations.add(operation);
        return this;
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    ArrayNode operations() {
        return operations;
    }
}
