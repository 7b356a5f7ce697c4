package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.serving.tls.CertificateSecret.Found;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The content of the Secret, parsed once per version: reading keys is slow. For one thread. */
final class ParsedSecret {

    private final Vertx vertx;
    private String version = "";
    private @Nullable SecretContents contents;
    private String problem = "";

    ParsedSecret(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The content, or null if it is unusable. */
    @Nullable SecretContents of(Found found) {
        if (found.version().isEmpty() || !found.version().equals(version)) {
            version = found.version();
            try {
                contents = SecretContents.parse(vertx, found.data());
            } catch (GeneralSecurityException e) {
                contents = null;
                problem = String.valueOf(e.getMessage());
            }
        }
        return contents;
    }

    /** Why the last unusable content was unusable. */
    String problem() {
        return problem;
    }
}
