import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * For build-all: as much of a Kubernetes API server as a metrics server needs to begin. There is one
 * pod, whose launcher serves on a port of 127.0.0.1, nothing changes, and everybody may do all.
 */
final class FakeApiServer {

    private static final String PODS =
            """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
              {"metadata": {"namespace": "default", "name": "example", "uid": "1",
                 "resourceVersion": "1", "labels": {"nitro.k8s.anjuna.io/managed": "yes"},
                 "annotations": {"nitro.k8s.anjuna.io/metricsPort": "%s"}},
               "status": {"phase": "Running", "podIP": "127.0.0.1", "conditions": [
                 {"type": "Ready", "status": "True",
                  "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}]}
            """;

    private static final String NO_CONFIG_MAPS =
            """
            {"kind": "ConfigMapList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"},
             "items": []}
            """;

    private static final String ALLOWED =
            """
            {"kind": "SubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
             "status": {"allowed": true}}
            """;

    /** Takes two ports: that to serve on, and the pod's. */
    public static void main(String[] ports) throws IOException {
        int port = Integer.parseInt(ports[0]);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/api/v1/pods", request -> answer(request, PODS.formatted(ports[1])));
        server.createContext("/api/v1/namespaces/", request -> answer(request, NO_CONFIG_MAPS));
        server.createContext("/apis/authorization.k8s.io/", request -> answer(request, ALLOWED));
        server.start();
    }

    private static void answer(HttpExchange request, String body) throws IOException {
        request.getRequestBody().readAllBytes();
        request.getResponseHeaders().set("Content-Type", "application/json");
        if (String.valueOf(request.getRequestURI().getQuery()).contains("watch=true")) {
            request.sendResponseHeaders(200, 0);
            request.getResponseBody().flush(); // and no event ever
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(200, bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }
}
