package dev.enclavemetrics.serving.tls;

import java.io.Closeable;

/** Publishes authorities to clients. */
@FunctionalInterface
public interface CaBundles extends Closeable {

    /**
     * Makes clients trust these authorities; failures are logged once.
     *
     * @param bundle their certificates, PEM
     * @return whether all clients already had them
     */
    boolean publish(String bundle);

    /** Logs no failures from now on; from any thread. */
    @Override
    default void close() {}
}
