package dev.enclavemetrics.metricsserver.auth;

import dev.enclavemetrics.metricsserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The authorities and headers by which clients are authenticated, from the cluster's ConfigMap
 * extension-apiserver-authentication.
 *
 * @param clients the CA of client certificates, whose subject is the user
 * @param frontProxies the CA of front proxies, which send the user in headers
 * @param frontProxyNames the allowed common names of front proxies; empty for any
 */
record ClientTrust(
        TrustBundle clients,
        TrustBundle frontProxies,
        List<String> frontProxyNames,
        List<String> usernameHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {

    static final ClientTrust NONE = new ClientTrust(TrustBundle.NONE, null, Map.of());

    private static final String CLIENT_CA = "client-ca-file";
    private static final String PROXY_CA = "requestheader-client-ca-file";

    private ClientTrust(
            TrustBundle clients, @Nullable TrustBundle proxies, Map<String, String> texts) {
        this(
                clients,
                proxies == null ? TrustBundle.NONE : proxies,
                strings(texts, "requestheader-allowed-names"),
                strings(texts, "requestheader-username-headers"),
                strings(texts, "requestheader-uid-headers"),
                strings(texts, "requestheader-group-headers"),
                strings(texts, "requestheader-extra-headers-prefix"));
    }

    /**
     * Parses the ConfigMap's data.
     *
     * @throws IllegalArgumentException that names the key that is wrong
     */
    static ClientTrust parse(Map<String, String> texts) {
        return new ClientTrust(bundle(texts, CLIENT_CA), bundle(texts, PROXY_CA), texts);
    }

    private static TrustBundle bundle(Map<String, String> texts, String key) {
        String pem = texts.get(key);
        if (pem == null || pem.isBlank()) {
            return TrustBundle.NONE;
        }
        try {
            return TrustBundle.parse(pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static List<String> strings(Map<String, String> texts, String key) {
        String text = texts.get(key);
        if (text == null || text.isBlank()) {
            return List.of();
        }
        try {
            List<String> strings = new ArrayList<>();
            JsonNode tree = Json.mapper().readTree(text);
            if (tree.isArray() && tree.valueStream().allMatch(JsonNode::isString)) {
                tree.forEach(node -> strings.add(node.asString()));
                return List.copyOf(strings);
            }
        } catch (JacksonException e) {
            // reported below
        }
        throw new IllegalArgumentException(key + " must be a JSON list of strings, found " + text);
    }
}
