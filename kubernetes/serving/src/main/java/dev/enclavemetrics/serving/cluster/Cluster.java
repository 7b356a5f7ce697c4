package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Connects to the API server. */
public final class Cluster {

    private Cluster() {}

    /**
     * A client that has not connected yet.
     *
     * @param kubeconfig or null for the pod's service account
     * @throws IOException that says which settings cannot be used
     */
    public static KubernetesClient connect(@Nullable Path kubeconfig, Vertx vertx)
            throws IOException {
        Config config =
                kubeconfig == null
                        ? ServiceAccount.ofThisPod().config()
                        : Kubeconfig.read(kubeconfig);
        config.setOnlyHttpWatches(true); // as Go's clients do; ClusterHttp says why
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new ClusterHttp(vertx, ClusterHttp.MAX_SILENCE))
                    .build();
        } catch (RuntimeException e) { // for example if a certificate file is missing
            throw new IOException(
                    "the client of the Kubernetes API must be able to start with the settings of "
                            + (kubeconfig == null ? "the service account" : kubeconfig)
                            + ", found "
                            + RootCause.of(e)
                            + "; correct it, or set another kubeconfig with"
                            + " --kubeconfig",
                    e);
        }
    }
}
