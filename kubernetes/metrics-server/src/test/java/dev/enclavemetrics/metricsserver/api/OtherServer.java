package dev.enclavemetrics.metricsserver.api;

import dev.enclavemetrics.metricsserver.request.MetricPath;
import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another custom metrics server; a test sets its responses. */
final class OtherServer implements Closeable {

    private static final String LIST =
            """
            {"kind":"APIResourceList","resources":[
             {"name":"pods/http_requests","namespaced":true,"kind":"MetricValueList"},
             {"name":"pods/nitro_enclave_cpu_usage","namespaced":true,"kind":"Else"},
             {"name":"pods/cluster_wide","namespaced":false},
             {"name":"nodes/load","namespaced":false},
             {"name":"nodes/odd","namespaced":true},
             {"name":"broken"},{"name":"a/b/c"},{"name":"/x"},{}]}\
            """;

    /** The targets of all requests. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final List<String> headers = new CopyOnWriteArrayList<>();

    /** The versions of the group that it serves; for others it responds with 404. */
    volatile List<String> versions = MetricPath.VERSIONS;

    /** The list of its resources. */
    volatile String list = LIST;

    volatile int code = 200;
    volatile String body = "{\"kind\":\"MetricValueList\",\"items\":[]}";

    private final Vertx vertx = EventLoops.start(new LogLines().log());
    private final HttpServer server;

    OtherServer() {
        X509Bundle pair = TestPki.server("CN=other");
        PemKeyCertOptions keys =
                new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(pair.getCertificatePathPEM()))
                        .setKeyValue(Buffer.buffer(pair.getPrivateKeyPEM()));
        server =
                vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(keys))
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .await();
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.uri());
        request.headers().forEach((name, value) -> headers.add(name + "=" + value));
        boolean discovery = request.path().matches(TestApi.ROOT + "[^/]+");
        boolean served = versions.contains(request.path().split("/", -1)[3]);
        int found = discovery ? 200 : code;
        request.response()
                .setStatusCode(served ? found : 404)
                .putHeader("Content-Type", "application/json")
                .putHeader("Location", "https://elsewhere/")
                .end(discovery ? list : body);
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
