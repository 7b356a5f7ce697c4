package dev.enclavemetrics.serving.tls;

/** Publishes authorities to clients. */
public interface CaBundles {

    /**
     * Makes clients trust these authorities; failures are logged once.
     *
     * @param bundle their certificates, PEM
     * @return whether all clients already had them
     */
    boolean publish(String bundle);
}
