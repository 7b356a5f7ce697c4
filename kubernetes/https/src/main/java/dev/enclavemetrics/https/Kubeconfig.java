package dev.enclavemetrics.https;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a kubeconfig. One that names no cluster the client takes without a word, and would then ask
 * at a name that only a pod can look up.
 */
final class Kubeconfig {

    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");

    private final Path file;
    private final io.fabric8.kubernetes.api.model.Config content;

    private Kubeconfig(Path file) throws IOException {
        this.file = file;
        content = parse();
    }

    /**
     * The client's settings for the current context.
     *
     * @throws IOException that names the file, the rule and what was found
     */
    static Config read(Path file) throws IOException {
        Kubeconfig kubeconfig = new Kubeconfig(file);
        Context context = kubeconfig.currentContext();
        Cluster cluster = kubeconfig.cluster(context);
        AuthInfo user = kubeconfig.user(context);
        Config config = Config.fromKubeconfig(file.toFile());
        new ApiServerProxy(System.getenv()).configure(config, cluster.getProxyUrl());
        if (user != null && user.getExec() != null && !hasCredentials(config)) {
            throw kubeconfig.broken(
                    "must lead to credentials: its program "
                            + user.getExec().getCommand()
                            + " must give a token or a certificate",
                    "neither");
        }
        return config;
    }

    private static boolean hasCredentials(Config config) {
        return config.getAutoOAuthToken() != null || config.getClientCertData() != null;
    }

    /** By its first character the client takes it for JSON or for YAML. */
    private io.fabric8.kubernetes.api.model.Config parse() throws IOException {
        io.fabric8.kubernetes.api.model.Config parsed;
        try (InputStream bytes = Files.newInputStream(file)) {
            parsed = Serialization.unmarshal(bytes, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            throw broken("must be YAML, or JSON if it begins with {", where(e));
        }
        if (parsed == null) {
            throw broken("must be YAML, or JSON if it begins with {", "nothing");
        }
        return parsed;
    }

    /** A parser's first words and the line; the rest may be a piece of the file, and secret. */
    private static String where(RuntimeException failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof JacksonException json && json.getLocation() != null) {
            String words =
                    json.getOriginalMessage().split("[('\"]", 2)[0]; // what follows is quoted
            return "in line " + json.getLocation().getLineNr() + ": " + words.strip();
        }
        String message = String.valueOf(cause.getMessage());
        Matcher line = LINE.matcher(message);
        String words = message.lines().findFirst().orElse("");
        return (line.find() ? "in line " + line.group(1) + ": " : "") + words;
    }

    private Context currentContext() throws IOException {
        String name = content.getCurrentContext();
        if (name == null || name.isEmpty()) {
            throw broken("must have a current-context", "none");
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
        if (!server.startsWith("https://") && !server.startsWith("http://")) {
            throw broken(
                    "must have the https:// address of a server for its cluster \""
                            + context.getCluster()
                            + '"',
                    cluster.getServer() == null ? "none" : '"' + server + '"');
        }
        return cluster;
    }

    /** Null for nobody in particular. */
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
            List<N> all,
            Function<N, @Nullable String> names,
            Function<N, @Nullable T> contents)
            throws IOException {
        if (name == null || name.isEmpty()) {
            throw broken("must name a " + kind + " in its current context", "none");
        }
        for (N one : all) {
            T found = contents.apply(one);
            if (found != null && name.equals(names.apply(one))) {
                return found;
            }
        }
        List<String> others = all.stream().map(names).map(String::valueOf).toList();
        throw broken(
                "must have the " + kind + " \"" + name + "\" that its current-context leads to",
                others.isEmpty() ? "none" : "only " + String.join(", ", others));
    }

    private IOException broken(String rule, @Nullable String found) {
        return new IOException(
                "the kubeconfig "
                        + file
                        + ' '
                        + rule
                        + ", found "
                        + found
                        + "; correct it, or name another with --kubeconfig");
    }
}
