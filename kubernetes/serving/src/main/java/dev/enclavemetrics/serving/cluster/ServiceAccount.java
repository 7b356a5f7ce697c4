package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The access to the API server that Kubernetes gives a pod: its address in the environment, a token
 * and a CA certificate in a folder.
 */
record ServiceAccount(Map<String, String> environment, Path folder) {

    private static final List<String> VARIABLES =
            List.of(
                    Config.KUBERNETES_SERVICE_HOST_PROPERTY,
                    Config.KUBERNETES_SERVICE_PORT_PROPERTY);
    private static final List<String> FILES = List.of("token", "ca.crt");

    ServiceAccount {
        environment = Map.copyOf(environment);
    }

    static ServiceAccount ofThisPod() {
        return new ServiceAccount(
                System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    /**
     * The client's configuration. The client finds it by itself, and reloads the token.
     *
     * @throws IOException that says what is missing, or that a proxy setting is invalid; the client
     *     would use a default host name instead
     */
    Config config() throws IOException {
        requireAll();
        // Otherwise it would prefer a kubeconfig in the home folder.
        System.setProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
        Config config = new ConfigBuilder().build();
        new ApiServerProxy(environment).configure(config, null);
        return config;
    }

    private void requireAll() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String variable : VARIABLES) {
            if (environment.getOrDefault(variable, "").isEmpty()) {
                missing.add(variable);
            }
        }
        for (String file : FILES) {
            if (!Files.isReadable(folder.resolve(file))) {
                missing.add(folder.resolve(file).toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "without --kubeconfig this must run in a pod that has a service account, found"
                            + " no "
                            + String.join(", no ", missing)
                            + "; set a kubeconfig with --kubeconfig, or mount the service"
                            + " account's token (automountServiceAccountToken)");
        }
    }
}
