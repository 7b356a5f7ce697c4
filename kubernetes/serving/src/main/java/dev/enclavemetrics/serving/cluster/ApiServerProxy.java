package dev.enclavemetrics.serving.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which proxy to use for the API server, as kubectl does: from the kubeconfig's {@code
 * proxy-url}, else from the environment. The client's own rules reject common entries of {@code
 * NO_PROXY}, even without a proxy.
 */
final class ApiServerProxy {

    private static final Map<String, Integer> PORTS =
            Map.of("http", 80, "https", 443, "socks4", 1080, "socks5", 1080);

    private final Map<String, String> environment;

    ApiServerProxy(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Sets the client's proxy, so that its own rules do not apply.
     *
     * @param proxyUrl the kubeconfig's, of which the client uses few, or null
     * @throws IOException that names the setting of a proxy that has no usable address
     */
    void configure(Config config, @Nullable String proxyUrl) throws IOException {
        URI server = URI.create(config.getMasterUrl());
        boolean tls = "https".equals(server.getScheme());
        String variable =
                firstSet(
                        tls
                                ? List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
                                : List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"));
        String value = variable == null ? null : environment.get(variable);
        String proxy = null;
        if (proxyUrl != null && !proxyUrl.isEmpty()) {
            proxy = address("the kubeconfig's proxy-url", proxyUrl);
        } else if (value != null && !isExcluded(server, tls)) {
            proxy = address("the environment variable " + variable, value);
        }
        config.setHttpsProxy(proxy);
        config.setHttpProxy(proxy);
        config.setNoProxy(null);
    }

    private boolean isExcluded(URI server, boolean tls) {
        String variable = firstSet(List.of("NO_PROXY", "no_proxy"));
        String list = variable == null ? "" : environment.getOrDefault(variable, "");
        int port = server.getPort() > 0 ? server.getPort() : tls ? 443 : 80;
        return new NoProxy(list).excludes(Objects.requireNonNullElse(server.getHost(), ""), port);
    }

    private @Nullable String firstSet(List<String> variables) {
        return variables.stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Adds scheme and port, which are often left out. */
    private static String address(String setting, String value) throws IOException {
        String text = value.contains("://") ? value : "http://" + value;
        try {
            URI uri = URI.create(text.strip());
            Integer port = PORTS.get(uri.getScheme());
            if (port != null && uri.getHost() != null) {
                String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
                return uri.getScheme()
                        + "://"
                        + user
                        + uri.getHost()
                        + ":"
                        + (uri.getPort() > 0 ? uri.getPort() : port);
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new IOException(
                setting
                        + " must be the address of a proxy, such as http://proxy.example:3128,"
                        + " found \""
                        + text.replaceFirst("//.*@", "//***@") // its password
                        + "\"; correct it");
    }
}
