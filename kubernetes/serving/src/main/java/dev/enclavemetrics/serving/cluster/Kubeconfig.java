package dev.enclavemetrics.serving.cluster;

import dev.enclavemetrics.serving.cluster.YamlJson.UnsuitedException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/**
 * Reads a kubeconfig. The client silently accepts one without a cluster, and would then use a host
 * name that only a pod can resolve.
 */
final class Kubeconfig {

    private static final String SYNTAX = "must be YAML, or JSON if it begins with {";
    private static final Set<String> SCHEMES = Set.of("https", "http");
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");

    private final Path file;
    private final io.fabric8.kubernetes.api.model.Config content;

    private Kubeconfig(Path file) throws IOException {
        this.file = file;
        content = parse();
    }

    /**
     * The client's configuration for the current context.
     *
     * @throws IOException that names the file, the rule and what was found
     */
    static Config read(Path file) throws IOException {
        Kubeconfig kubeconfig = new Kubeconfig(file);
        Context context = kubeconfig.currentContext();
        Cluster cluster = kubeconfig.cluster(context);
        AuthInfo user = kubeconfig.user(context);
        Config config = kubeconfig.config();
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

    private Config config() throws IOException {
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) {
            throw broken("must be understood by the Kubernetes client", where(e));
        }
    }

    private static boolean hasCredentials(Config config) {
        return config.getAutoOAuthToken() != null || config.getClientCertData() != null;
    }

    /** The client decides by the first character whether it is JSON or YAML. */
    private io.fabric8.kubernetes.api.model.Config parse() throws IOException {
        String text = text();
        requireBounded(text);
        io.fabric8.kubernetes.api.model.Config parsed;
        try {
            parsed = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        } catch (RuntimeException e) {
            throw broken(SYNTAX, where(e));
        }
        if (parsed == null) {
            throw broken(SYNTAX, "nothing");
        }
        requireEntries("contexts", parsed.getContexts());
        requireEntries("clusters", parsed.getClusters());
        requireEntries("users", parsed.getUsers());
        return parsed;
    }

    private String text() throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw broken("must be text in UTF-8", "other bytes");
        }
    }

    /** The client parses numbers in quadratic time, and overflows its stack on deep nesting. */
    private void requireBounded(String text) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            new Compose(settings).composeString(text).ifPresent(YamlJson::of);
        } catch (UnsuitedException e) {
            throw new IOException("the kubeconfig " + file + ' ' + e.getMessage());
        } catch (
                MarkedYamlEngineException
                        e) { // its message quotes the file, which may hold secrets
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw broken(SYNTAX, "in line " + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw broken(SYNTAX, where(e));
        } catch (StackOverflowError e) {
            throw broken(SYNTAX, "more levels than can be read");
        }
    }

    private void requireEntries(String field, @Nullable List<?> entries) throws IOException {
        if (entries != null && entries.contains(null)) {
            throw broken("must have no empty entry in " + field, "one");
        }
    }

    /**
     * The beginning of a parser's message and the line; the rest may quote the file, and a secret.
     */
    private static String where(RuntimeException failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof JacksonException json && json.getLocation() != null) {
            String words =
                    json.getOriginalMessage().split("[('\"]", 2)[0].strip(); // before it quotes
            int line = json.getLocation().getLineNr(); // only known for JSON
            return line > 0 ? "in line " + line + ": " + words : words;
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
        if (!isAddress(server)) {
            throw broken(
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
            throw broken("must name a " + kind + " in its current context", "none");
        }
        List<N> all = entries == null ? List.of() : entries;
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
