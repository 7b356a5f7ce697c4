package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.serving.tls.CertificateSecret.Found;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that the process creates and renews itself, in a Secret that all replicas share.
 * Each replica reconciles it periodically: takes the step of a {@link Rotation} that is due,
 * publishes the authorities to clients, and only then serves. {@link #reconcile()} is for one
 * thread.
 *
 * <p>What the Secret may hold, and the reaction:
 *
 * <ul>
 *   <li>nothing: a certificate is created; one of several replicas writes, the others read again
 *   <li>garbage, missing keys, the key of another certificate, a missing authority: this replica
 *       writes its own back if it has one, else creates a new one
 *   <li>a certificate that is expired, not yet valid, or not for the first name: replaced by a new
 *       one; valid authorities stay published
 *   <li>a certificate that lacks another name: renewed in steps, with these names
 *   <li>a certificate from another source: refused, since it must not be overwritten
 * </ul>
 */
final class ManagedCertificate implements ServingCertificate {

    private static final long RECONCILE_SECONDS = 15;
    private static final int ATTEMPTS = 3;
    private static final String RIGHTS =
            "get and update of this Secret; if it was deleted, create it empty, as helm upgrade"
                    + " does";

    private final CertificateSecret secret;
    private final ParsedSecret parsed;
    private final CaPropagation propagation;
    private final Rotation rotation;
    private final Clock clock;
    private final Log log;
    private final String subject;
    private final ProblemLog problem;
    private final CurrentCertificate served;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread made = new Thread(work, "certificate");
                        made.setDaemon(true);
                        return made;
                    });

    private volatile boolean ready;
    private @Nullable SecretContents taken;

    /**
     * A certificate that reads nothing until it is started.
     *
     * @param first served until the Secret was read, for probes, which verify nothing
     */
    ManagedCertificate(
            Vertx vertx,
            CertificateSecret secret,
            CaBundles bundles,
            TlsSource.Managed source,
            CertificateAndKey first,
            Clock clock,
            Log log) {
        this.secret = secret;
        parsed = new ParsedSecret(vertx);
        propagation = new CaPropagation(bundles);
        rotation = new Rotation(source.names());
        this.clock = clock;
        this.log = log;
        subject = "the Secret " + source.namespace() + "/" + source.secret();
        problem = ProblemLog.errors(log);
        served = new CurrentCertificate(first);
    }

    @Override
    public CurrentCertificate served() {
        return served;
    }

    /** Clients cannot verify the certificate before its authority was published. */
    @Override
    public @Nullable String readinessProblem() {
        if (ready) {
            return null;
        }
        return Objects.requireNonNullElse(
                problem.current(), "the certificate's Secret has not been read yet");
    }

    @Override
    public void start() {
        var unused =
                thread.scheduleWithFixedDelay(
                        FailFast.task(this::reconcile), 0, RECONCILE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        problem.close();
        propagation.close();
        thread.shutdownNow();
    }

    /** Takes the step that is due now. */
    void reconcile() {
        try {
            SecretContents contents = contents();
            if (contents != null) {
                problem.recovered(subject + " recovered");
                take(contents);
            }
        } catch (KubernetesClientException e) {
            problem.failed(ClusterProblem.message(subject, e, RIGHTS));
        } catch (GeneralSecurityException | RuntimeException e) {
            problem.failed(subject + " must hold a certificate, found a failure: " + e);
        }
    }

    /** The content of the Secret after the step that is due, or null if that failed. */
    private @Nullable SecretContents contents() throws GeneralSecurityException {
        Instant now = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found found = secret.read();
            if (!found.ours()) {
                problem.failed(
                        subject
                                + " must be empty or written by this program, found another"
                                + " certificate; set another Secret with --tls-secret, or serve"
                                + " this one with --tls-cert-file and --tls-key-file");
                return null;
            }
            SecretContents read = parsed.of(found);
            SecretContents usable = read == null ? ownIfValid(now) : read;
            boolean settled = usable != null && propagation.areSettled(usable.bundle(), now);
            SecretContents next = rotation.next(usable, settled, now);
            if (next.equals(read)) {
                return next;
            }
            if (secret.write(found, next.data())) {
                if (read == null && !found.data().isEmpty()) {
                    log.warn(subject + " was replaced: " + parsed.problem());
                }
                return next;
            }
        }
        problem.failed(subject + " must be written, found that others keep writing it; retrying");
        return null;
    }

    private @Nullable SecretContents ownIfValid(Instant now) {
        SecretContents own = taken;
        return own != null && rotation.serves(own.pair(), now) ? own : null;
    }

    /** Publishes first, so that clients can verify what is served next. */
    private void take(SecretContents contents) throws GeneralSecurityException {
        propagation.publish(contents.bundle(), clock.instant());
        CertificateAndKey pair = contents.pair();
        SecretContents former = taken;
        taken = contents;
        if (former == null || !former.pair().equals(pair)) {
            served.exchange(pair);
        }
        if (contents.next() != null && (former == null || former.next() == null)) {
            log.info(
                    "publishes the CA of the next certificate, which is served once clients"
                            + " know it");
        }
        ready = true;
    }
}
