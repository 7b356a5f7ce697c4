package dev.enclavemetrics.serving;

import java.time.Instant;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A pair that stays. */
record FixedCertificate(ServingPair pair) implements ServingCertificate {

    @Override
    public X509ExtendedKeyManager keys() {
        return new ServingKeys(pair);
    }

    @Override
    public Instant expiry() {
        return pair.expiry();
    }

    @Override
    public @Nullable String readinessProblem() {
        return null;
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
}
