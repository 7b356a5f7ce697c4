package dev.enclavemetrics.webhook.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Collects the operations of a JSON patch (RFC 6902). */
public final class JsonPatch {

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    /** The path of a member whose name may need escaping, such as that of a label. */
    public static String path(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public JsonPatch test(String path, String value) {
        return operation("test", path, JsonNodeFactory.instance.stringNode(value));
    }

    public JsonPatch add(String path, JsonNode value) {
        return operation("add", path, value);
    }

    public JsonPatch replace(String path, JsonNode value) {
        return operation("replace", path, value);
    }

    public JsonPatch remove(String path) {
        operations.add(JsonNodeFactory.instance.objectNode().put("op", "remove").put("path", path));
        return this;
    }

    /** Appends to a list, and creates the list if it is absent. */
    public JsonPatch append(JsonNode list, String path, JsonNode value) {
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

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    public ArrayNode operations() {
        return operations;
    }
}
