package dev.enclavemetrics.launcher.nitro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * nitro-cli's JSON: an object as its strings and whole numbers by name. A stream, not a tree of
 * jackson-databind, whose 550 classes would stay in memory.
 */
final class NitroJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private NitroJson() {}

    /** An object, or null if the text is anything else. */
    static @Nullable Map<String, Object> object(String text) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> fields = fields(json);
            return json.nextToken() == null ? fields : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** An array with an object for each element, an empty one for any other; else null. */
    static @Nullable List<Map<String, Object>> array(String text) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            List<Map<String, Object>> objects = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
                objects.add(isObject ? fields(json) : Map.of());
                json.skipChildren();
            }
            return json.nextToken() == null ? objects : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Map<String, Object> fields(JsonParser json) {
        Map<String, Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            fields.remove(name); // of two with one name, the last one counts
            if (token == JsonToken.VALUE_STRING) {
                fields.put(name, json.getString());
            } else if (token == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != NumberType.BIG_INTEGER) {
                fields.put(name, json.getLongValue());
            }
            json.skipChildren();
        }
        return fields;
    }
}
