package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.serving.http.HttpsServer;
import java.io.Closeable;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpsServer} serves with; it may change at any time. */
public interface ServingCertificate extends Closeable {

    /** Gives a server the pair for new connections, now and at each change. */
    void serve(Consumer<ServingPair> server);

    /** When what is served now ends. */
    Instant expiry();

    /** What there is to wait for before others can verify it, or null. */
    @Nullable String readinessProblem();

    /** Looks for changes from now on. */
    void start();

    @Override
    void close();
}
