package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A process that serves with a managed certificate. */
final class Replica {

    static final List<String> NAMES = List.of("a.b.svc", "a.b.svc.cluster.local");

    private static final Vertx VERTX = EventLoops.start(new LogLines().log());

    final LogLines log = new LogLines();
    final ManagedCertificate certificate;
    private final ToldClients clients;
    private final TestClock clock;

    Replica(CertificateSecret secret, ToldClients clients, TestClock clock) throws Exception {
        this(secret, clients, clock, NAMES);
    }

    Replica(CertificateSecret secret, ToldClients clients, TestClock clock, List<String> names)
            throws Exception {
        this.clients = clients;
        this.clock = clock;
        certificate =
                new ManagedCertificate(
                        VERTX,
                        secret,
                        clients,
                        new TlsSource.Managed("b", "s", names),
                        IssuedCertificate.make(
                                        List.of("nobody"), clock.instant(), Duration.ofDays(1))
                                .pair(),
                        clock,
                        log.log());
    }

    void reconcile() {
        certificate.reconcile();
    }

    CertificateAndKey served() {
        return certificate.served().current();
    }

    /** Returns whether clients that trust the published CA bundle accept the served certificate. */
    boolean isVerified() {
        return Trust.verifies(served().chain(), clients.bundle, clock.instant());
    }
}
