package dev.enclavemetrics.https;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the cluster is reached. */
public final class Cluster {

    private Cluster() {}

    /**
     * A client that has not connected yet.
     *
     * @param kubeconfig or null for the pod's service account
     * @throws IOException that says where the cluster was looked for
     */
    public static KubernetesClient connect(@Nullable Path kubeconfig, Vertx vertx)
            throws IOException {
        Config config;
        try {
            config =
                    kubeconfig != null
                            ? Config.fromKubeconfig(kubeconfig.toFile())
                            : new ConfigBuilder().build();
        } catch (RuntimeException e) {
            throw new IOException(
                    "a kubeconfig must name a cluster and a user, found "
                            + kubeconfig
                            + " does not: "
                            + e.getMessage()
                            + "; correct it, or give another with --kubeconfig",
                    e);
        }
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Vertx5HttpClientFactory(vertx))
                .build();
    }
}
