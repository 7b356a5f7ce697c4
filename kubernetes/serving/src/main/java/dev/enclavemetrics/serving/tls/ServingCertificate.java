package dev.enclavemetrics.serving.tls;

import java.io.Closeable;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The certificate of an HTTPS server; it may change at any time. */
public interface ServingCertificate extends Closeable {

    /** Gives a server the pair for new connections, now and at each change. */
    void serve(Consumer<ServingPair> server);

    /** The end of validity of the current certificate. */
    Instant expiry();

    /** Why clients may not be able to verify it yet; null if they are. */
    @Nullable String readinessProblem();

    /** Starts to follow changes. */
    void start();

    @Override
    void close();
}
