package dev.enclavemetrics.metricsserver.fallback;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of another custom metrics server, and how to verify its certificate.
 *
 * @param host its name, which its certificate must have; NAME.NAMESPACE.svc for a Service
 * @param port its TCP port, 1 to 65535
 * @param caFile the authority of its certificate, PEM; null for the system's authorities
 * @param insecure whether its certificate is accepted without verification
 */
public record FallbackAddress(String host, int port, @Nullable Path caFile, boolean insecure) {

    @Override
    public String toString() {
        return "https://" + host + ":" + port;
    }
}
