package dev.enclavemetrics.metricsserver.auth;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the user from the headers of a front proxy that is already authenticated. */
final class FrontProxy {

    private FrontProxy() {}

    /** The user in the headers, or null if there is none. */
    static @Nullable User user(HttpServerRequest request, ClientTrust trust) {
        MultiMap headers = request.headers();
        String name = first(headers, trust.usernameHeaders());
        if (name.isEmpty()) {
            return null;
        }
        List<String> groups = new ArrayList<>();
        trust.groupHeaders().forEach(header -> groups.addAll(headers.getAll(header)));
        groups.removeIf(String::isEmpty);
        return new User(
                name,
                first(headers, trust.uidHeaders()),
                groups,
                extra(headers, trust.extraPrefixes()));
    }

    private static String first(MultiMap headers, List<String> names) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static Map<String, List<String>> extra(MultiMap headers, List<String> prefixes) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            for (String prefix : prefixes) {
                if (name.startsWith(prefix.toLowerCase(Locale.ROOT))) {
                    extra.computeIfAbsent(
                                    decode(name.substring(prefix.length())),
                                    key -> new ArrayList<>())
                            .add(header.getValue());
                    break;
                }
            }
        }
        return extra;
    }

    /** Keys are percent-encoded, since header names allow no slash; others are kept unchanged. */
    private static String decode(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
