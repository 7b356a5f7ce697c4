package dev.enclavemetrics.serving.tls;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pair that stays. */
record FixedCertificate(ServingPair pair) implements ServingCertificate {

    @Override
    public void serve(Consumer<ServingPair> server) {
        server.accept(pair);
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
