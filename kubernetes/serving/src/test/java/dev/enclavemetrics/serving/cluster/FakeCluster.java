package dev.enclavemetrics.serving.cluster;

import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that stores objects, and can reject requests as forbidden. */
public final class FakeCluster implements Closeable {

    private static final Logger MOCK = Logger.getLogger(MockWebServer.class.getName());

    static {
        MOCK.setLevel(Level.OFF); // it logs every request
    }

    private final Vertx vertx = EventLoops.start(new LogLines().log());
    private final KubernetesMockServer server;

    /** All requests, as METHOD PATH. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public volatile String forbiddenMethod = "";
    public final KubernetesClient client;

    public FakeCluster() {
        server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new Forbidding(),
                        false);
        server.init();
        client =
                server.createClient(
                        builder ->
                                builder.withHttpClientFactory(new Vertx5HttpClientFactory(vertx)));
        client.getConfiguration().setRequestRetryBackoffInterval(10);
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
        vertx.close().await();
    }

    private final class Forbidding extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            requests.add(request.getMethod() + " " + request.getPath());
            return forbiddenMethod.equals(request.getMethod())
                    ? new MockResponse()
                            .setResponseCode(403)
                            .setBody("{\"kind\":\"Status\",\"code\":403,\"message\":\"not you\"}")
                    : super.dispatch(request);
        }
    }
}
