package dev.enclavemetrics.metricsserver.fallback;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of another custom metrics server, how to verify its certificate, and what it gets.
 *
 * @param host its name, which its certificate must have; NAME.NAMESPACE.svc for a Service
 * @param port its TCP port, 1 to 65535
 * @param caFile the authority of its certificate, PEM; null for the system's authorities
 * @param insecure whether its certificate is accepted without verification
 * @param account whose token it gets, or null for none, as an insecure one must: anybody on the way
 *     could read it
 */
public record FallbackAddress(
        String host,
        int port,
        @Nullable Path caFile,
        boolean insecure,
        @Nullable FallbackAccount account) {

    public FallbackAddress {
        if (insecure && account != null) {
            throw new IllegalArgumentException(
                    "a server that is not verified must get no token, found that of " + account);
        }
    }

    /** The user that the other server sees. */
    String user() {
        return account == null ? "the user system:anonymous" : account.toString();
    }

    @Override
    public String toString() {
        return "https://" + host + ":" + port;
    }
}
