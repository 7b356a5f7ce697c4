package dev.enclavemetrics.webhook.review;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The kind of object in a review. */
enum ReviewedKind {
    HPA,
    POD,
    /** Another kind of object. */
    OTHER,
    /** The review cannot be read. */
    UNREADABLE;

    /** The kind of the objects of a resource, as in a review's request. */
    static ReviewedKind of(JsonNode resource) {
        String group = resource.path("group").stringValue("");
        return switch (resource.path("resource").stringValue("")) {
            case "horizontalpodautoscalers" -> group.equals("autoscaling") ? HPA : OTHER;
            case "pods" -> group.isEmpty() ? POD : OTHER;
            default -> OTHER;
        };
    }

    /** The value of the metrics' label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
