package dev.enclavemetrics.serving.tls;

import org.jspecify.annotations.Nullable;

/** A certificate that does not change by itself. */
public record FixedCertificate(CurrentCertificate served) implements ServingCertificate {

    @Override
    public @Nullable String readinessProblem() {
        return null;
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
}
