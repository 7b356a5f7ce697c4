package dev.enclavemetrics.webhook.pod;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.contract.AnnotationKeys;
import dev.enclavemetrics.serving.http.RefusedException;
import dev.enclavemetrics.serving.http.StatusReason;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.webhook.admission.Annotations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address of a running enclave, by the pod's annotation.
 *
 * @param text as in the launcher's {@code --enclave}
 * @param endpoint the endpoint, or null if the launcher asks nitro-cli
 */
record EnclaveAddress(String text, @Nullable Endpoint endpoint) implements PodEnclave {

    static final String NITRO = "nitro";

    /**
     * Reads the annotation.
     *
     * @throws RefusedException that names the annotation, its value, and what to write
     */
    static EnclaveAddress of(Annotations annotations) {
        String text = annotations.get(AnnotationKeys.ENCLAVE);
        if (text == null || text.equals(NITRO)) {
            return new EnclaveAddress(NITRO, null);
        }
        if (text.startsWith(NITRO + ":")) {
            if (text.substring(NITRO.length() + 1).isBlank()) {
                throw refused(text, "a name must follow nitro:");
            }
            return new EnclaveAddress(text, null);
        }
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(text, String.valueOf(e.getMessage()));
        }
        if (endpoint instanceof Endpoint.Vsock vsock && vsock.cid() == Endpoint.ANY_CID) {
            throw refused(text, "the enclave's own CID must be given");
        }
        return new EnclaveAddress(text, endpoint);
    }

    private static RefusedException refused(String text, String why) {
        return new RefusedException(
                StatusReason.INVALID,
                "annotation "
                        + AnnotationKeys.ENCLAVE
                        + " must be nitro[:NAME], "
                        + Endpoint.FORMS
                        + ", found \""
                        + Log.shortened(text, 120)
                        + "\" ("
                        + Log.shortened(why, 200)
                        + "); correct it in the Pod template, or remove it for "
                        + NITRO);
    }

    @Override
    public List<String> arguments() {
        return List.of("--enclave=" + text);
    }

    /** The path of the Unix socket to dial, or null. */
    @Nullable String socketPath() {
        if (endpoint instanceof Endpoint.Unix unix) {
            return unix.path();
        }
        return endpoint instanceof Endpoint.Hybrid hybrid ? hybrid.path() : null;
    }

    boolean asksNitroCli() {
        return endpoint == null;
    }
}
