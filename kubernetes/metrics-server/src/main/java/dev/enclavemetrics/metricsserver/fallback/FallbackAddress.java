package dev.enclavemetrics.metricsserver.fallback;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of another custom metrics server, and how to verify its certificate.
 *
 * @param host its name, which its certificate must have; NAME.NAMESPACE.svc for a Service
 * @param port its TCP port, 1 to 65535
 * @param caFile the authority of its certificate, PEM; null for the system's authorities
 * @param insecure whether its certificate is accepted without verification; it gets no token then
 * @param tokenFile a token that is meant for it; null for that of this server's account
 */
public record FallbackAddress(
        String host, int port, @Nullable Path caFile, boolean insecure, @Nullable Path tokenFile) {

    public FallbackAddress withTokenFile(@Nullable Path file) {
        return new FallbackAddress(host, port, caFile, insecure, file);
    }

    @Override
    public String toString() {
        return "https://" + host + ":" + port;
    }
}
