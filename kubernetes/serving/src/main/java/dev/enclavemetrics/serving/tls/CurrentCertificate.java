package dev.enclavemetrics.serving.tls;

import java.time.Instant;
import java.util.function.Consumer;

/** The pair for new connections; open connections keep theirs. */
public final class CurrentCertificate {

    private CertificateAndKey current;
    private Consumer<CertificateAndKey> server = pair -> {};

    public CurrentCertificate(CertificateAndKey first) {
        current = first;
    }

    public synchronized CertificateAndKey current() {
        return current;
    }

    public synchronized Instant expiry() {
        return current.expiry();
    }

    public synchronized void exchange(CertificateAndKey pair) {
        current = pair;
        server.accept(pair);
    }

    /** Passes the pair to the server, now and at each change. */
    public synchronized void serve(Consumer<CertificateAndKey> server) {
        this.server = server;
        server.accept(current);
    }
}
