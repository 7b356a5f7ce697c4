package dev.enclavemetrics.serving.tls;

/** Where authorities are published to clients. */
public interface CaBundles {

    /**
     * Makes clients trust these authorities; failures are logged once.
     *
     * @param bundle their certificates, PEM
     * @return whether all clients had them already
     */
    boolean publish(String bundle);
}
