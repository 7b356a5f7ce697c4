package dev.enclavemetrics.serving.tls;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** The certificate of an HTTPS server; it may change at any time. */
public interface ServingCertificate extends Closeable {

    /** The pair for new connections, which changes with the certificate. */
    CurrentCertificate served();

    /** Why clients may not be able to verify it yet; null if they can. */
    @Nullable String readinessProblem();

    /** Starts to follow changes. */
    void start();

    @Override
    void close();
}
