package dev.enclavemetrics.metricsserver.fallback;

/**
 * The service account whose token another custom metrics server gets.
 *
 * @param namespace its namespace
 * @param name its name
 * @param audience for which the token is valid; empty for the API server's
 */
public record FallbackAccount(String namespace, String name, String audience) {

    @Override
    public String toString() {
        return "the service account " + namespace + "/" + name;
    }
}
