package dev.enclavemetrics.metricsserver.query;

import org.jspecify.annotations.Nullable;

/** The kinds of objects with aggregates: those that select pods. */
enum DescribedKind {
    DEPLOYMENT("deployments.apps", "Deployment", "apps/v1", "/apis/apps/v1", "deployments"),
    STATEFUL_SET("statefulsets.apps", "StatefulSet", "apps/v1", "/apis/apps/v1", "statefulsets"),
    SERVICE("services", "Service", "/v1", "/api/v1", "services");

    private final String resource;
    private final String kind;
    private final String apiVersion;
    private final String root;
    private final String plural;

    DescribedKind(String resource, String kind, String apiVersion, String root, String plural) {
        this.resource = resource;
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.root = root;
        this.plural = plural;
    }

    /** The name in RBAC rules and queries. */
    String resource() {
        return resource;
    }

    String kind() {
        return kind;
    }

    /** The API version in answers; "/v1" for the core group, as in other adapters. */
    String apiVersion() {
        return apiVersion;
    }

    /** The object's path at the API server; both names must be valid names. */
    String path(String namespace, String name) {
        return root + "/namespaces/" + namespace + "/" + plural + "/" + name;
    }

    static @Nullable DescribedKind of(String resource) {
        for (DescribedKind kind : values()) {
            if (kind.resource.equals(resource)) {
                return kind;
            }
        }
        return null;
    }
}
