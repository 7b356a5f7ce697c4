package dev.enclavemetrics.webhook.admission;

import dev.enclavemetrics.contract.ManagedLabel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A request to create or update one object (admission.k8s.io/v1, AdmissionRequest).
 *
 * @param kind the object's kind in short, for messages
 * @param isUpdate whether the object exists already
 * @param object as it would be stored
 * @param old as it is stored, or missing
 * @param namespace of the request; the object's own may be filled in later
 * @param isConverted whether the API server converted the object from the version that the client
 *     sent
 */
public record AdmissionRequest(
        String kind,
        boolean isUpdate,
        JsonNode object,
        JsonNode old,
        String namespace,
        boolean isConverted) {

    public static AdmissionRequest created(String kind, JsonNode object) {
        return new AdmissionRequest(kind, false, object, MissingNode.getInstance(), "", false);
    }

    public static AdmissionRequest updated(String kind, JsonNode object, JsonNode old) {
        return new AdmissionRequest(kind, true, object, old, "", false);
    }

    /** Reads the request of an AdmissionReview. */
    public static AdmissionRequest of(String kind, JsonNode request) {
        JsonNode sent = request.path("requestKind");
        return new AdmissionRequest(
                kind,
                request.path("operation").stringValue("").equals("UPDATE"),
                request.path("object"),
                request.path("oldObject"),
                request.path("namespace").stringValue(""),
                sent.isObject() && !sent.equals(request.path("kind")));
    }

    /** Whether the object has the label that opts it in. */
    public boolean isManaged() {
        return isManaged(object);
    }

    /** Whether it had the label before the update. */
    public boolean wasManaged() {
        return isManaged(old);
    }

    private static boolean isManaged(JsonNode object) {
        return object.path("metadata")
                .path("labels")
                .path(ManagedLabel.KEY)
                .stringValue("")
                .equals(ManagedLabel.VALUE);
    }

    /**
     * Whether the object is being deleted. A refusal would block that: it would refuse the removal
     * of a finalizer, too.
     */
    public boolean isBeingDeleted() {
        return object.path("metadata").path("deletionTimestamp").isString();
    }

    /** Kind and name. The name of a Pod of a ReplicaSet is not known yet, only its prefix. */
    public String subject() {
        JsonNode metadata = object.path("metadata");
        String prefix = metadata.path("generateName").stringValue("");
        String name =
                metadata.path("name")
                        .stringValue(prefix.isEmpty() ? "without a name" : prefix + "*");
        return kind + " " + name;
    }

    /** Kind, name and namespace. */
    public String fullSubject() {
        return namespace.isEmpty() ? subject() : subject() + " in namespace " + namespace;
    }
}
