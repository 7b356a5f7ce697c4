package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.Clock;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The token of this server's own account. Kubelet replaces the file well before the token expires,
 * so it is reread once a minute. For one thread.
 */
final class AccountToken {

    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final Path file;
    private final String defaultToken;
    private final Clock clock;
    private String token = "";
    private long readNs;

    /**
     * @param defaultToken the token outside of a pod, where there is no such file
     */
    AccountToken(Path file, String defaultToken, Clock clock) {
        this.file = file;
        this.defaultToken = defaultToken;
        this.clock = clock;
    }

    static AccountToken of(Config config, Clock clock) {
        return new AccountToken(
                Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH),
                Objects.requireNonNullElse(config.getOauthToken(), ""),
                clock);
    }

    /** The token, or empty if there is none. */
    String text() {
        long nowNs = clock.nanoTime();
        if (token.isEmpty() || nowNs - readNs > MAX_AGE.toNanos()) {
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
