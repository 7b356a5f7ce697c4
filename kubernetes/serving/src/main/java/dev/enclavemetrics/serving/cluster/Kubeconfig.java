package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a kubeconfig. The client silently accepts one without a cluster, and would then use a host
 * name that only a pod can resolve.
 */
final class Kubeconfig {

    private static final Set<String> SCHEMES = Set.of("https", "http");

    private final KubeconfigFile file;
    private final io.fabric8.kubernetes.api.model.Config content;

    private Kubeconfig(KubeconfigFile file) throws IOException {
        this.file = file;
        content = file.parse();
    }

    /**
     * The client's configuration for the current context.
     *
     * @throws IOException that names the file, the rule and what was found
     */
    static Config read(Path file) throws IOException {
        Kubeconfig kubeconfig = new Kubeconfig(new KubeconfigFile(file));
        Context context = kubeconfig.currentContext();
        Cluster cluster = kubeconfig.cluster(context);
        AuthInfo user = kubeconfig.user(context);
        Config config = kubeconfig.config();
        new ApiServerProxy(System.getenv()).configure(config, cluster.getProxyUrl());
        if (user != null && user.getExec() != null && !hasCredentials(config)) {
            throw kubeconfig.file.broken(
                    "must lead to credentials: its program "
                            + user.getExec().getCommand()
                            + " must give a token or a certificate",
                    "neither");
        }
        return config;
    }

    private Config config() throws IOException {
        try {
            return Config.fromKubeconfig(file.path().toFile());
        } catch (RuntimeException e) {
            throw file.broken(
                    "must be understood by the Kubernetes client", KubeconfigFile.where(e));
        }
    }

    private static boolean hasCredentials(Config config) {
        return config.getAutoOAuthToken() != null || config.getClientCertData() != null;
    }

    private Context currentContext() throws IOException {
        String name = content.getCurrentContext();
        if (name == null || name.isEmpty()) {
            throw file.broken("must have a current-context", "none");
        }
        return entry(
                "context",
                name,
                content.getContexts(),
                NamedContext::getName,
                NamedContext::getContext);
    }

    private Cluster cluster(Context context) throws IOException {
        Cluster cluster =
                entry(
                        "cluster",
                        context.getCluster(),
                        content.getClusters(),
                        NamedCluster::getName,
                        NamedCluster::getCluster);
        String server = String.valueOf(cluster.getServer());
        if (!isAddress(server)) {
            throw file.broken(
                    "must have the https:// address of a server for its cluster \""
                            + context.getCluster()
                            + '"',
                    cluster.getServer() == null ? "none" : '"' + server + '"');
        }
        return cluster;
    }

    private static boolean isAddress(String server) {
        try {
            URI uri = new URI(server);
            return uri.getAuthority() != null && SCHEMES.contains(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The user, or null if the context names none. */
    private @Nullable AuthInfo user(Context context) throws IOException {
        String name = context.getUser();
        return name == null || name.isEmpty()
                ? null
                : entry(
                        "user",
                        name,
                        content.getUsers(),
                        NamedAuthInfo::getName,
                        NamedAuthInfo::getUser);
    }

    private <N, T> T entry(
            String kind,
            @Nullable String name,
            @Nullable List<N> entries,
            Function<N, @Nullable String> names,
            Function<N, @Nullable T> contents)
            throws IOException {
        if (name == null || name.isEmpty()) {
            throw file.broken("must name a " + kind + " in its current context", "none");
        }
        List<N> all = entries == null ? List.of() : entries;
        for (N one : all) {
            T found = contents.apply(one);
            if (found != null && name.equals(names.apply(one))) {
                return found;
            }
        }
        List<String> others = all.stream().map(names).map(String::valueOf).toList();
        throw file.broken(
                "must have the " + kind + " \"" + name + "\" that its current-context leads to",
                others.isEmpty() ? "none" : "only " + String.join(", ", others));
    }
}
