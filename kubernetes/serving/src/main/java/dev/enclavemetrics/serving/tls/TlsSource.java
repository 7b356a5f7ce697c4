package dev.enclavemetrics.serving.tls;

import java.nio.file.Path;
import java.util.List;

/** The source of the serving certificate. */
public sealed interface TlsSource {

    /** The files of a certificate chain and its private key. */
    record Files(Path certFile, Path keyFile) implements TlsSource {}

    /**
     * A Secret for a certificate that the process creates and renews.
     *
     * @param namespace of the Secret
     * @param secret its name
     * @param names DNS names and IP addresses of the certificate, first the one that the API server
     *     uses
     */
    record Managed(String namespace, String secret, List<String> names) implements TlsSource {
        public Managed {
            names = List.copyOf(names);
        }
    }

    /** A self-signed certificate that is created at start and not stored. */
    record Ephemeral() implements TlsSource {}
}
