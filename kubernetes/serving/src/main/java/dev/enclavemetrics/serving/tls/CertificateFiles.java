package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Polls the files of a pair, since the kubelet replaces the files of a mounted Secret, and takes a
 * new pair once it is complete. For one thread at a time.
 */
final class CertificateFiles implements ServingCertificate {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final long POLL_MS = 1_000;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final TlsSource.Files files;
    private final ProblemLog problem;
    private final CurrentCertificate served;

    /** The content of the pair that is served. */
    private String taken;

    /** The content and failure of the last check; empty if it succeeded. */
    private String refused = "";

    private volatile long timer = NO_TIMER;

    /**
     * @throws IOException that says why there is no pair at start
     */
    CertificateFiles(Vertx vertx, TlsSource.Files files, Log log) throws IOException {
        this.vertx = vertx;
        this.files = files;
        problem = ProblemLog.errors(log);
        try {
            byte[] chain = read(files.certFile());
            byte[] key = read(files.keyFile());
            taken = content(chain, key);
            served = new CurrentCertificate(CertificateAndKey.parse(vertx, chain, key));
        } catch (GeneralSecurityException e) {
            throw new IOException(mustBeAPair(e), e);
        }
    }

    @Override
    public CurrentCertificate served() {
        return served;
    }

    @Override
    public @Nullable String readinessProblem() {
        return null; // without a pair the process does not start
    }

    @Override
    public void start() {
        timer = vertx.setPeriodic(POLL_MS, t -> reconcile());
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }

    /** Takes a changed pair; an invalid one leaves the previous pair in place. */
    void reconcile() {
        String content = "";
        try {
            byte[] chain = read(files.certFile());
            byte[] key = read(files.keyFile());
            content = content(chain, key);
            if (!content.equals(taken)) {
                served.exchange(CertificateAndKey.parse(vertx, chain, key));
                taken = content;
            }
            refused = "";
            problem.recovered("the certificate's files recovered");
        } catch (GeneralSecurityException e) {
            refuse(content, mustBeAPair(e));
        } catch (IOException e) {
            refuse(content, String.valueOf(e.getMessage()));
        }
    }

    /** The two files change one after the other: a failure counts if the next check repeats it. */
    private void refuse(String content, String message) {
        String found = content + message;
        if (found.equals(refused)) {
            problem.failed(message + "; keeping the previous certificate");
        }
        refused = found;
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(
                        file + " must have at most " + MAX_BYTES + " bytes, found more");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " must exist, found nothing", e);
        }
    }

    private static String content(byte[] chain, byte[] key) {
        return Sha256.hex(chain) + Sha256.hex(key);
    }

    private String mustBeAPair(GeneralSecurityException e) {
        return files.certFile()
                + " and "
                + files.keyFile()
                + " must be a certificate and its key: "
                + e.getMessage();
    }
}
