package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** Creates the serving certificate. */
public final class Certificates {

    private static final Duration LIFE = Duration.ofDays(3650); // not stored

    /** The name for a process without a configured one. */
    private static final List<String> THIS_MACHINE = List.of("localhost");

    private Certificates() {}

    /**
     * A certificate whose source needs no cluster.
     *
     * @throws IOException that says why there is no certificate
     */
    public static ServingCertificate of(Vertx vertx, TlsSource source, Clock clock, Log log)
            throws IOException {
        return source instanceof TlsSource.Files files
                ? new CertificateFiles(vertx, files, log)
                : new FixedCertificate(new CurrentCertificate(temporary(THIS_MACHINE, clock)));
    }

    /**
     * A certificate that the process creates and renews itself.
     *
     * @param bundles where its authorities are published
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
                temporary(source.names(), clock),
                clock,
                log);
    }

    private static CertificateAndKey temporary(List<String> names, Clock clock) throws IOException {
        try {
            return IssuedCertificate.make(names, clock.instant(), LIFE).pair();
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK must make EC keys, found: " + e.getMessage(), e);
        }
    }
}
