package dev.enclavemetrics.serving.tls;

/** Where clients learn whom to trust. */
public interface CaBundles {

    /**
     * Sees to it that clients trust these authorities; for what fails it logs why, once.
     *
     * @param bundle their certificates, PEM
     * @return whether clients did so already, all of them
     */
    boolean publish(String bundle);
}
