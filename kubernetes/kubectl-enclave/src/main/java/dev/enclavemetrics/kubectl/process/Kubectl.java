package dev.enclavemetrics.kubectl.process;

/** Access to the cluster, as the user has configured it for kubectl. */
public interface Kubectl {

    /**
     * Runs kubectl.
     *
     * @return its standard output
     * @throws KubectlException if it fails, with its message
     */
    byte[] run(String... arguments) throws KubectlException;
}
