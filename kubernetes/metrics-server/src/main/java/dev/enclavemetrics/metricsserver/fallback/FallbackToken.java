package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.Clock;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The token that is sent to the other server: one bound to its audience, or that of this server's
 * account, whose permissions a compromised server could use. No token is sent if the server's
 * certificate is not verified, since others could read it. Kubelet replaces the files well before
 * the token expires, so they are reread once a minute. For one thread.
 */
final class FallbackToken {

    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final @Nullable Path file;
    private final String defaultToken;
    private final Clock clock;
    private String token = "";
    private long readNs;

    /**
     * @param file null for none
     * @param defaultToken if the file cannot be read
     */
    private FallbackToken(@Nullable Path file, String defaultToken, Clock clock) {
        this.file = file;
        this.defaultToken = defaultToken;
        this.clock = clock;
    }

    /**
     * The token for that server.
     *
     * @param account the configuration of this server's client. Outside of a pod, where there is no
     *     file, its token is used.
     */
    static FallbackToken of(FallbackAddress server, Config account, Clock clock) {
        if (server.insecure()) {
            return new FallbackToken(null, "", clock);
        }
        if (server.tokenFile() != null) {
            return new FallbackToken(server.tokenFile(), "", clock);
        }
        return new FallbackToken(
                Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH),
                Objects.requireNonNullElse(account.getOauthToken(), ""),
                clock);
    }

    /** The token, or empty if there is none. */
    String text() {
        long nowNs = clock.nanoTime();
        if (file != null && (token.isEmpty() || nowNs - readNs > MAX_AGE.toNanos())) {
            readNs = nowNs;
            try {
                token = Files.readString(file).strip();
            } catch (IOException e) {
                token = defaultToken;
            }
        }
        return token;
    }
}
