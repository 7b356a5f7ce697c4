package dev.enclavemetrics.metricsserver.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.Closeable;
import java.util.HashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An in-memory API server with lists and watches, and a client for it. */
public final class MockApiServer implements Closeable {

    private static final Logger MOCK = Logger.getLogger(MockWebServer.class.getName());

    static {
        MOCK.setLevel(Level.OFF); // it logs every request
    }

    public final KubernetesClient client;
    private final KubernetesMockServer server;

    /**
     * Starts the server.
     *
     * @param dispatcher responds to the requests
     * @param clients configures the client, such as its HTTP client
     */
    public MockApiServer(
            KubernetesCrudDispatcher dispatcher, Consumer<KubernetesClientBuilder> clients) {
        server =
                new KubernetesMockServer(
                        new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init();
        client = server.createClient(clients);
        client.getConfiguration().setRequestRetryBackoffInterval(10);
    }

    @Override
    public void close() {
        client.close();
        try {
            server.destroy();
        } catch (IllegalStateException e) {
            // It waited for a watch that was being opened when the client was closed.
        }
    }
}
