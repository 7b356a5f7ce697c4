package dev.enclavemetrics.chart;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models of Kubernetes objects in the official Java client. They detect unknown fields, missing
 * required fields and wrong types, but not other rules of the API server, such as the format of
 * names and quantities or combinations of fields. The server in kubernetes/e2e detects these.
 */
final class KubernetesModels {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Quantities and maps of quantities, which may be written as numbers. */
    private static final Set<String> QUANTITIES = Set.of("averageValue", "requests", "limits");

    /** Kinds of other projects; MonitorsTest and TlsTest check their structure. */
    private static final Pattern FOREIGN =
            Pattern.compile("(cert-manager\\.io|monitoring\\.coreos\\.com)/v1");

    private KubernetesModels() {}

    static boolean knows(Object object) {
        return !FOREIGN.matcher(Rendered.text(object, "apiVersion")).matches();
    }

    /** Returns what is wrong with an object; empty if nothing is. */
    static Optional<String> problem(Object object) {
        JsonElement json = new Gson().toJsonTree(object);
        try {
            Class<?> model =
                    model(Rendered.text(object, "apiVersion"), Rendered.text(object, "kind"));
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            Object typed = JSON.getGson().fromJson(json, model);
            return coerced("", json, JSON.getGson().toJsonTree(typed));
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (JsonParseException | ReflectiveOperationException e) {
            return Optional.of(e.toString());
        }
    }

    /** Returns the model of a kind, such as V1Deployment for apps/v1. */
    private static Class<?> model(String apiVersion, String kind) throws ClassNotFoundException {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return Class.forName(
                MODELS
                        + version.substring(0, 1).toUpperCase(Locale.ROOT)
                        + version.substring(1)
                        + kind);
    }

    /**
     * Finds values that the client converts and the API server rejects: true for "true", "1" for 1.
     */
    private static Optional<String> coerced(
            String path, JsonElement given, @Nullable JsonElement understood) {
        Optional<String> problem = Optional.empty();
        if (given instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                JsonElement other =
                        understood instanceof JsonObject also ? also.get(entry.getKey()) : null;
                if (problem.isEmpty() && !QUANTITIES.contains(entry.getKey())) {
                    problem = coerced(path + "." + entry.getKey(), entry.getValue(), other);
                }
            }
        } else if (given instanceof JsonArray array) {
            for (int i = 0; i < array.size() && problem.isEmpty(); i++) {
                JsonElement other = understood instanceof JsonArray also ? also.get(i) : null;
                problem = coerced(path + "[" + i + "]", array.get(i), other);
            }
        } else if (given instanceof JsonPrimitive value
                && !(understood instanceof JsonPrimitive other
                        && other.isString() == value.isString())) {
            problem = Optional.of(path + " must be " + understood + ", found " + given);
        }
        return problem;
    }
}
