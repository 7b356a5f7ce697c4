package dev.enclavemetrics.metricsserver.request;

import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource path in the group custom.metrics.k8s.io, in the terms of RBAC.
 *
 * @param namespace empty for all namespaces, or for a resource without one
 * @param resource such as pods, or deployments.apps
 * @param name the object's, or {@code *} for all that the selector matches
 * @param subresource usually the metric's name; empty if the path is too short
 * @param hasMore whether the path has more segments
 */
public record MetricPath(
        String version,
        String namespace,
        String resource,
        String name,
        String subresource,
        boolean hasMore) {

    public static final String GROUP = "custom.metrics.k8s.io";
    public static final String V1BETA1 = "v1beta1";
    public static final String V1BETA2 = "v1beta2";
    public static final List<String> VERSIONS = List.of(V1BETA2, V1BETA1); // the preferred first
    static final String ALL = "*";

    /** The index of the version in the path's segments: after apis and the group. */
    public static final int VERSION_SEGMENT = 2;

    private static final String NAMESPACES = "namespaces";

    /** Reads a path; null if it is not a resource of the group. */
    public static @Nullable MetricPath of(List<String> segments) {
        if (segments.size() < 4
                || !segments.get(0).equals("apis")
                || !segments.get(1).equals(GROUP)
                || !VERSIONS.contains(segments.get(VERSION_SEGMENT))) {
            return null;
        }
        List<String> parts = segments.subList(3, segments.size());
        String namespace = "";
        if (parts.get(0).equals(NAMESPACES) && parts.size() > 1) {
            namespace = parts.get(1);
            if (parts.size() > 2) {
                parts = parts.subList(2, parts.size());
            }
        }
        return new MetricPath(
                segments.get(VERSION_SEGMENT),
                namespace,
                parts.get(0),
                part(parts, 1),
                part(parts, 2),
                parts.size() > 3);
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    public boolean selectsAll() {
        return name.equals(ALL);
    }

    /** The resource as RBAC rules name it. */
    public String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** The refusal of a metric that is not served here, with the wording of other adapters. */
    public RefusedException notFound() {
        return notFound("");
    }

    /** The same with a detail. */
    public RefusedException notFound(String detail) {
        String message =
                subresource.isEmpty()
                        ? "the server could not find the requested resource"
                        : "the server could not find the metric "
                                + subresource
                                + " for "
                                + resource
                                + (selectsAll() ? "" : " " + name);
        return new RefusedException(StatusReason.NOT_FOUND, message + detail);
    }
}
