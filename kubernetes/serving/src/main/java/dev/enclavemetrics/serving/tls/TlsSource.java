package dev.enclavemetrics.serving.tls;

import java.nio.file.Path;
import java.util.List;

/** Where the certificate to serve with comes from. */
public sealed interface TlsSource {

    /** The files of a certificate chain and its private key. */
    record Files(Path certFile, Path keyFile) implements TlsSource {}

    /**
     * A Secret that the process fills itself.
     *
     * @param namespace of the Secret
     * @param secret its name
     * @param names DNS names and IP addresses that the certificate is to be valid for, the one that
     *     the API server uses first
     */
    record Managed(String namespace, String secret, List<String> names) implements TlsSource {
        public Managed {
            names = List.copyOf(names);
        }
    }

    /** One that nobody vouches for, made at start. */
    record Ephemeral() implements TlsSource {}
}
