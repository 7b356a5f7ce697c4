package dev.enclavemetrics.metricsserver.fallback;

import dev.enclavemetrics.bootstrap.Clock;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The token of this server's own account. Kubelet exchanges the file well before its token ends, so
 * it is read again once a minute. For one thread.
 */
final class AccountToken {

    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Path file;
    private final String otherwise;
    private final Clock clock;
    private String token = "";
    private long readNs;

    /**
     * @param otherwise the token outside of a pod, where there is no such file
     */
    AccountToken(Path file, String otherwise, Clock clock) {
        this.file = file;
        this.otherwise = otherwise;
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
        if (token.isEmpty() || nowNs - readNs > LIFE.toNanos()) {
            readNs = nowNs;
            try {
                token = Files.readString(file).strip();
            } catch (IOException e) {
                token = otherwise;
            }
        }
        return token;
    }
}
