package dev.enclavemetrics.webhook.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies patches exactly as in RFC 6902, so that tests compare objects and not operations. */
public final class Patched {

    private Patched() {}

    public static JsonNode apply(JsonNode document, JsonNode operations) {
        JsonNode result = document.deepCopy();
        for (JsonNode operation : operations) {
            carryOut(result, operation);
        }
        return result;
    }

    private static void carryOut(JsonNode document, JsonNode operation) {
        String path = operation.required("path").stringValue();
        int slash = path.lastIndexOf('/');
        JsonNode parent = document.at(path.substring(0, slash));
        String name = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        String kind = operation.required("op").stringValue();
        if (parent instanceof ObjectNode object) {
            apply(kind, object, name, operation);
        } else if (parent instanceof ArrayNode array) {
            apply(kind, array, name, operation);
        } else {
            throw new AssertionError("no parent for " + operation);
        }
    }

    private static void apply(String kind, ObjectNode object, String name, JsonNode operation) {
        if (!kind.equals("add") && !object.has(name)) {
            throw new AssertionError("nothing there for " + operation);
        }
        switch (kind) {
            case "test" -> test(object.get(name), operation);
            case "add", "replace" -> object.set(name, operation.required("value"));
            case "remove" -> object.remove(name);
            default -> throw new AssertionError(kind);
        }
    }

    private static void apply(String kind, ArrayNode array, String name, JsonNode operation) {
        int index = name.equals("-") ? array.size() : Integer.parseInt(name);
        if (index < 0 || index > array.size() || (index == array.size() && !kind.equals("add"))) {
            throw new AssertionError("nothing there for " + operation);
        }
        switch (kind) {
            case "test" -> test(array.get(index), operation);
            case "add" -> array.insert(index, operation.required("value"));
            case "replace" -> array.set(index, operation.required("value"));
            case "remove" -> array.remove(index);
            default -> throw new AssertionError(kind);
        }
    }

    private static void test(JsonNode found, JsonNode operation) {
        if (!found.equals(operation.required("value"))) {
            throw new AssertionError("found " + found + " for " + operation);
        }
    }
}
