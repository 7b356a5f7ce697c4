package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.tls.CaBundles;
import dev.enclavemetrics.serving.tls.Certificates;
import dev.enclavemetrics.serving.tls.ClusterCaBundles;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import dev.enclavemetrics.serving.tls.TlsSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;

/** Creates the certificate to serve the API with, as configured. */
final class ApiCertificate {

    private static final List<String> API_SERVICES =
            List.of("v1beta1.custom.metrics.k8s.io", "v1beta2.custom.metrics.k8s.io");

    private ApiCertificate() {}

    /**
     * A certificate that is not renewed or reloaded until it is started.
     *
     * @throws IOException if there is none to start with
     */
    static ServingCertificate of(
            MetricsServerConfig config, Vertx vertx, KubernetesClient client, Clock clock, Log log)
            throws IOException {
        if (config.tls() instanceof TlsSource.Managed managed) {
            CaBundles bundles =
                    config.caBundleIntoApiServices()
                            ? ClusterCaBundles.inApiServices(
                                    client, API_SERVICES, managed.names(), log)
                            : bundle -> true; // the issuer of the Secret publishes them
            return Certificates.managed(vertx, client, managed, bundles, clock, log);
        }
        if (config.tls() instanceof TlsSource.Ephemeral) {
            log.warn(
                    "serves with a self-signed certificate, created now: only an APIService"
                            + " with insecureSkipTLSVerify accepts it; set "
                            + Setting.TLS_SECRET.flag()
                            + " and "
                            + Setting.TLS_NAMES.flag()
                            + ", or "
                            + Setting.TLS_CERT_FILE.flag()
                            + " and "
                            + Setting.TLS_KEY_FILE.flag());
        }
        return Certificates.of(vertx, config.tls(), clock, log);
    }
}
