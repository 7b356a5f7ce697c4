package dev.enclavemetrics.serving;

import java.io.Closeable;
import java.time.Instant;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpsServer} serves with; it may change at any time. */
public interface ServingCertificate extends Closeable {

    /** For new connections. */
    X509ExtendedKeyManager keys();

    /** When what is served now ends. */
    Instant expiry();

    /** What there is to wait for before others can verify it, or null. */
    @Nullable String readinessProblem();

    /** Looks for changes from now on. */
    void start();

    @Override
    void close();
}
