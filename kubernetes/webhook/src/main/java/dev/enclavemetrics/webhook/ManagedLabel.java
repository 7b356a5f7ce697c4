package dev.enclavemetrics.webhook;

import tools.jackson.databind.JsonNode;

/** The label that asks for what the webhook does. Objects without it are never touched. */
final class ManagedLabel {

    static final String KEY = "nitro.k8s.anjuna.io/managed";
    static final String VALUE = "yes";

    private ManagedLabel() {}

    static boolean isOn(JsonNode object) {
        return object.path("metadata").path("labels").path(KEY).stringValue("").equals(VALUE);
    }
}
