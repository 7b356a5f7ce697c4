package dev.enclavemetrics.webhook;

import dev.enclavemetrics.contract.ManagedLabel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * An object on its way to the API server.
 *
 * @param kind its kind in short, for messages
 * @param update whether it was there before
 * @param object as it would be stored
 * @param old as it was, or missing
 * @param namespace of the request, since the object's own may be filled in later
 * @param converted whether the client sent it in another API version, from which the API server
 *     converted it
 */
record AdmittedObject(
        String kind,
        boolean update,
        JsonNode object,
        JsonNode old,
        String namespace,
        boolean converted) {

    static AdmittedObject created(String kind, JsonNode object) {
        return new AdmittedObject(kind, false, object, MissingNode.getInstance(), "", false);
    }

    static AdmittedObject updated(String kind, JsonNode object, JsonNode old) {
        return new AdmittedObject(kind, true, object, old, "", false);
    }

    /** That of a review's request. */
    static AdmittedObject of(String kind, JsonNode request) {
        JsonNode sent = request.path("requestKind");
        return new AdmittedObject(
                kind,
                request.path("operation").stringValue("").equals("UPDATE"),
                request.path("object"),
                request.path("oldObject"),
                request.path("namespace").stringValue(""),
                sent.isObject() && !sent.equals(request.path("kind")));
    }

    /** Whether its label asks for what the webhook does. */
    boolean isManaged() {
        return isManaged(object);
    }

    boolean wasManaged() {
        return isManaged(old);
    }

    private static boolean isManaged(JsonNode object) {
        return object.path("metadata")
                .path("labels")
                .path(ManagedLabel.KEY)
                .stringValue("")
                .equals(ManagedLabel.VALUE);
    }

    /** On its way out: what is refused now, such as the removal of a finalizer, never goes. */
    boolean isBeingDeleted() {
        return object.path("metadata").path("deletionTimestamp").isString();
    }

    /** The kind and the name; of a Pod of a ReplicaSet, what its name begins with. */
    String subject() {
        JsonNode metadata = object.path("metadata");
        String prefix = metadata.path("generateName").stringValue("");
        String name =
                metadata.path("name")
                        .stringValue(prefix.isEmpty() ? "without a name" : prefix + "*");
        return kind + " " + name;
    }

    /** The same with the namespace. */
    String fullSubject() {
        return namespace.isEmpty() ? subject() : subject() + " in namespace " + namespace;
    }
}
