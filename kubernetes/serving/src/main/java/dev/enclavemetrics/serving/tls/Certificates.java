package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** Makes what to serve with. */
public final class Certificates {

    private static final Duration LIFE = Duration.ofDays(3650); // gone with the process anyway
    private static final String NOBODY = "enclave-metrics-server";

    private Certificates() {}

    /**
     * The certificate of a source that needs no cluster.
     *
     * @throws IOException that says why there is no pair to begin with
     */
    public static ServingCertificate of(Vertx vertx, TlsSource source, Clock clock, Log log)
            throws IOException {
        return source instanceof TlsSource.Files files
                ? new CertificateFiles(vertx, files, log)
                : new FixedCertificate(unvouchedPair(clock));
    }

    /**
     * A certificate that the process makes and renews itself.
     *
     * @param bundles where its authorities are made known
     */
    public static ServingCertificate managed(
            Vertx vertx,
            KubernetesClient client,
            TlsSource.Managed source,
            CaBundles bundles,
            Clock clock,
            Log log)
            throws IOException {
        return new ManagedCertificate(
                vertx,
                new ClusterSecret(client, source.namespace(), source.secret()),
                bundles,
                source,
                unvouchedPair(clock),
                clock,
                log);
    }

    static ServingPair unvouchedPair(Clock clock) throws IOException {
        try {
            return IssuedCertificate.make(List.of(NOBODY, "localhost"), clock.instant(), LIFE)
                    .pair();
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK must make EC keys, found: " + e.getMessage(), e);
        }
    }
}
