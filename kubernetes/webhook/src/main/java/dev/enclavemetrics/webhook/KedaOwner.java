package dev.enclavemetrics.webhook;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells which HPAs are KEDA's. It writes its own metrics back whenever they differ: a translation
 * would be undone and done again without end.
 */
final class KedaOwner {

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String OPERATOR = "keda-operator";
    private static final String SCALED_OBJECT = "ScaledObject";
    private static final String GROUP = "keda.sh/";

    private KedaOwner() {}

    /** Why an HPA is left alone, or null. */
    static @Nullable String of(JsonNode hpa) {
        JsonNode metadata = hpa.path("metadata");
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (owner.path("kind").stringValue("").equals(SCALED_OBJECT)
                    && owner.path("apiVersion").stringValue("").startsWith(GROUP)) {
                return "left alone: KEDA writes it; edit ScaledObject "
                        + owner.path("name").stringValue("");
            }
        }
        return metadata.path("labels").path(MANAGED_BY).stringValue("").equals(OPERATOR)
                ? "left alone: KEDA writes it (" + MANAGED_BY + "); edit its ScaledObject"
                : null;
    }
}
