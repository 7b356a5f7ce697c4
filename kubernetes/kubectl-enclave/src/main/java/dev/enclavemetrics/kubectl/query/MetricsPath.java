package dev.enclavemetrics.kubectl.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of the Custom Metrics API. */
final class MetricsPath {

    static final String GROUP = "custom.metrics.k8s.io";
    static final String GROUP_PATH = "/apis/" + GROUP;

    private MetricsPath() {}

    static String ofPods(String version, Selection selection, String subresource) {
        String namespace = selection.namespace();
        return GROUP_PATH
                + "/"
                + version
                + (namespace == null ? "" : "/namespaces/" + namespace)
                + "/pods/*/"
                + subresource
                + "?labelSelector="
                + encoded(selection.selector());
    }

    static String ofApiService(String version) {
        return "/apis/apiregistration.k8s.io/v1/apiservices/" + version + "." + GROUP;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
