package dev.enclavemetrics.kubectl.query;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON of the API server, which may come from any aggregated server: only the wanted fields,
 * by paths such as {@code describedObject.name}. The objects of an array count as one: the first
 * that has a field provides it.
 *
 * <p>A stream, not a tree of jackson-databind: its classes would add half of the CPU time of the
 * whole command.
 */
final class JsonAnswer {

    /** Several times the maximum of a cluster. */
    private static final int MAX_ITEMS = 200_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxNameLength(1024)
                                    .maxNumberLength(64)
                                    .maxStringLength(64 * 1024)
                                    .build())
                    .build();

    private final String request;
    private final byte[] body;
    private final Set<String> fields;

    /** The kind of a list, once it is read. */
    private String kind = "";

    /**
     * @param request for messages
     * @param fields the paths of the wanted fields
     */
    JsonAnswer(String request, byte[] body, Set<String> fields) {
        this.request = request;
        this.body = body;
        this.fields = Set.copyOf(fields);
    }

    /** The fields of an answer that is one object. */
    <T> T object(Function<JsonFields, T> object) throws KubectlException {
        try (JsonParser json = open()) {
            JsonFields found = fields("", json);
            end(json);
            return object.apply(found);
        } catch (JacksonException e) {
            throw notJson(e);
        } catch (JsonFields.WrongFieldException e) {
            throw malformed("must have valid fields: " + e.getMessage());
        }
    }

    /**
     * The items of an answer that is a list.
     *
     * @param wanted the kind of the list
     */
    <T> List<T> items(String wanted, Function<JsonFields, T> item) throws KubectlException {
        List<T> items = itemsIf(wanted, item);
        if (items == null) {
            throw malformed("must be of kind " + wanted + ", found " + Log.shortened(kind, 80));
        }
        return items;
    }

    /** The same, or null if the list is of another kind. */
    <T> @Nullable List<T> itemsIf(String wanted, Function<JsonFields, T> item)
            throws KubectlException {
        try (JsonParser json = open()) {
            List<T> items = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("kind") && value == JsonToken.VALUE_STRING) {
                    kind = json.getString();
                    if (!kind.equals(wanted)) {
                        return null;
                    }
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    items = items(json, item);
                } else if (name.equals("items") && value == JsonToken.VALUE_NULL) {
                    items = List.of(); // an empty list, as Go may write it
                }
                json.skipChildren();
            }
            end(json);
            if (kind.isEmpty() || items == null) {
                throw malformed("must have kind and items, found none");
            }
            return items;
        } catch (JacksonException e) {
            throw notJson(e);
        } catch (JsonFields.WrongFieldException e) {
            throw malformed("must have valid fields: " + e.getMessage());
        }
    }

    private <T> List<T> items(JsonParser json, Function<JsonFields, T> item)
            throws KubectlException {
        List<T> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String where = "items[" + items.size() + "].";
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw malformed("items must be objects, found something else");
            }
            if (items.size() == MAX_ITEMS) {
                throw malformed("must have at most " + MAX_ITEMS + " items, found more");
            }
            items.add(item.apply(fields(where, json)));
        }
        return items;
    }

    /** A parser at the start of the object. */
    private JsonParser open() throws KubectlException {
        JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.close();
            throw malformed("must be a JSON object, found something else");
        }
        return json;
    }

    private void end(JsonParser json) throws KubectlException {
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw malformed("must end with the object, found more");
        }
    }

    private JsonFields fields(String where, JsonParser json) {
        Map<String, Object> values = new HashMap<>();
        collect(json, "", values);
        return new JsonFields(where, values);
    }

    private void collect(JsonParser json, String prefix, Map<String, Object> values) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = prefix + json.currentName();
            json.nextToken();
            value(json, path, values);
        }
    }

    private void value(JsonParser json, String path, Map<String, Object> values) {
        JsonToken token = json.currentToken();
        boolean above = fields.stream().anyMatch(field -> field.startsWith(path + "."));
        if (above && token == JsonToken.START_OBJECT) {
            collect(json, path + ".", values);
        } else if (above && token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                value(json, path, values);
            }
        } else if (fields.contains(path)) {
            Object scalar = scalar(json);
            if (scalar != null) {
                values.putIfAbsent(path, scalar);
            }
        }
        json.skipChildren();
    }

    /** A string, a number or a boolean; null for null, as if absent; else the kind of token. */
    private static @Nullable Object scalar(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.currentToken();
        };
    }

    private KubectlException notJson(JacksonException e) {
        return malformed("must be JSON within the limits, found: " + e.getOriginalMessage());
    }

    private KubectlException malformed(String rule) {
        return new KubectlException(
                "the answer to "
                        + request
                        + " does not follow the API: it "
                        + rule
                        + "; see what kubectl get --raw prints for it, and which server provides"
                        + " the API");
    }
}
