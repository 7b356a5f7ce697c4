package dev.enclavemetrics.webhook.hpa;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Recognizes HPAs that KEDA owns. KEDA restores its own metrics whenever they differ, so it and the
 * webhook would overwrite each other without end.
 */
public final class KedaOwner {

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String OPERATOR = "keda-operator";
    private static final String SCALED_OBJECT = "ScaledObject";
    private static final String GROUP = "keda.sh/";

    private KedaOwner() {}

    /** A message that KEDA owns the HPA, or null if it does not. */
    public static @Nullable String of(JsonNode hpa) {
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
