package dev.enclavemetrics.serving.tls;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/** Where a certificate is kept that several replicas serve with. */
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
     * @throws KubernetesClientException if that must not be, or nobody answers
     */
    Found read();

    /**
     * Writes it, unless somebody has done so since.
     *
     * @return whether it is written
     * @throws KubernetesClientException if that must not be, or nobody answers
     */
    boolean write(Found since, Map<String, byte[]> data);
}
