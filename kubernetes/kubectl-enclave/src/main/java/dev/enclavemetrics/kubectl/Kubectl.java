package dev.enclavemetrics.kubectl;

/** The way to the cluster, as its user has set it up. */
interface Kubectl {

    /**
     * Runs kubectl, and gives what it printed.
     *
     * @throws KubectlException if it failed, with its own words
     */
    byte[] run(String... arguments) throws KubectlException;
}
