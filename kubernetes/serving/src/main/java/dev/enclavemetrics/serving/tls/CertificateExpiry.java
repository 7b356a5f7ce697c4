package dev.enclavemetrics.serving.tls;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** The metric that says when a server's certificate expires. */
public final class CertificateExpiry {

    private CertificateExpiry() {}

    /**
     * Registers it.
     *
     * @param prefix of the process's metrics
     */
    public static void register(
            String prefix, ServingCertificate certificate, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(prefix + "certificate_expiry_timestamp_seconds")
                .help("When the current certificate expires, in seconds since 1970.")
                .unit(Unit.SECONDS)
                .callback(
                        value ->
                                value.call((double) certificate.served().expiry().getEpochSecond()))
                .register(registry);
    }
}
