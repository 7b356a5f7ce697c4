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
 * Kubernetes' own description of its objects, as its official Java client has it. Finds unknown
 * fields, missing required ones and wrong types; not what the API server checks beyond that, such
 * as the form of names and quantities, or that fields go together. The e2e's server does.
 */
final class KubernetesModels {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Quantities and maps of such, which may be written as numbers. */
    private static final Set<String> QUANTITIES = Set.of("averageValue", "requests", "limits");

    /** Kinds of other projects; their form is shown in MonitorsTest and TlsTest. */
    private static final Pattern FOREIGN =
            Pattern.compile("(cert-manager\\.io|monitoring\\.coreos\\.com)/v1");

    private KubernetesModels() {}

    static boolean knows(Object object) {
        return !FOREIGN.matcher(Rendered.text(object, "apiVersion")).matches();
    }

    /** What is wrong with an object, if anything is. */
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

    /** Such as V1Deployment of apps/v1. */
    private static Class<?> model(String apiVersion, String kind) throws ClassNotFoundException {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return Class.forName(
                MODELS
                        + version.substring(0, 1).toUpperCase(Locale.ROOT)
                        + version.substring(1)
                        + kind);
    }

    /** The client takes true for "true" and "1" for 1, which the API server does not. */
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
