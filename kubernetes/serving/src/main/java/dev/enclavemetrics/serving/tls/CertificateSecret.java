package dev.enclavemetrics.serving.tls;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/** The store of a certificate that several replicas share. */
interface CertificateSecret {

    /**
     * A state of the Secret.
     *
     * @param version empty if there is none
     * @param ours whether this process, or another like it, may write it
     */
    record Found(String version, boolean ours, Map<String, byte[]> data) {
        public Found {
            data = Map.copyOf(data);
        }
    }

    /**
     * Reads it.
     *
     * @throws KubernetesClientException if that is forbidden, or the API server does not answer
     */
    Found read();

    /**
     * Writes it, unless it was written since.
     *
     * @return whether it was written
     * @throws KubernetesClientException if that is forbidden, or the API server does not answer
     */
    boolean write(Found since, Map<String, byte[]> data);
}
