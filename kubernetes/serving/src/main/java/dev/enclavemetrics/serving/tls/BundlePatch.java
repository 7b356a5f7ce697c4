package dev.enclavemetrics.serving.tls;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON patch (RFC 6902) that puts a CA bundle into an object. */
@FunctionalInterface
interface BundlePatch {

    /**
     * The operations; none if the object has the bundle.
     *
     * @param bundle in base64
     * @throws IllegalArgumentException that says why the object is left alone
     */
    List<Map<String, Object>> operations(GenericKubernetesResource object, String bundle);

    /** For all webhooks of a MutatingWebhookConfiguration. */
    static List<Map<String, Object>> ofWebhooks(GenericKubernetesResource object, String bundle) {
        List<Map<String, Object>> operations = new ArrayList<>();
        int index = 0;
        for (Object webhook : list(object.getAdditionalProperties().get("webhooks"))) {
            Map<?, ?> fields = map(webhook);
            if (!bundle.equals(map(fields.get("clientConfig")).get("caBundle"))) {
                String path = "/webhooks/" + index;
                // If the webhooks are reordered in the meantime, the patch must fail rather than
                // change another webhook.
                operations.add(operation("test", path + "/name", fields.get("name")));
                operations.add(operation("add", path + "/clientConfig/caBundle", bundle));
            }
            index++;
        }
        return operations;
    }

    /** For an APIService, if it names one of our Services. */
    static List<Map<String, Object>> ofApiService(
            GenericKubernetesResource object, String bundle, Set<String> services) {
        Map<?, ?> spec = map(object.getAdditionalProperties().get("spec"));
        Map<?, ?> service = map(spec.get("service"));
        String name = service.get("name") + "." + service.get("namespace") + ".svc";
        if (!services.contains(name)) {
            throw new IllegalArgumentException(
                    "must name a Service in --tls-names, found "
                            + name
                            + "; it is left alone: correct one of them, or leave out"
                            + " --tls-ca-bundle-into-api-services");
        }
        if (bundle.equals(spec.get("caBundle"))) {
            return List.of();
        }
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(operation("test", "/spec/service/name", service.get("name")));
        operations.add(operation("add", "/spec/caBundle", bundle));
        if (Boolean.TRUE.equals(spec.get("insecureSkipTLSVerify"))) {
            operations.add(operation("remove", "/spec/insecureSkipTLSVerify", ""));
        }
        return operations;
    }

    private static Map<String, Object> operation(String name, String path, @Nullable Object value) {
        return Map.of("op", name, "path", path, "value", Objects.requireNonNullElse(value, ""));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
