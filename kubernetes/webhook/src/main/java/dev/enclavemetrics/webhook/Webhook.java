package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.serving.CaBundles;
import dev.enclavemetrics.serving.Certificates;
import dev.enclavemetrics.serving.Cluster;
import dev.enclavemetrics.serving.ClusterCaBundles;
import dev.enclavemetrics.serving.EventLoops;
import dev.enclavemetrics.serving.HttpsServer;
import dev.enclavemetrics.serving.ServingCertificate;
import dev.enclavemetrics.serving.TlsSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** The webhook's process: reads the settings, and serves until a signal or translates. */
public final class Webhook implements Closeable {

    private static final int RETRIES = 2; // the next look comes soon

    /** What the process has from outside. */
    record Surroundings(
            Map<String, String> environment,
            InputStream input,
            PrintStream results,
            PrintStream messages) {}

    private final Vertx vertx;
    private final ServingCertificate certificate;
    private final HttpsServer server;

    /** The data's way, from a review's bytes to its answer. */
    Webhook(WebhookConfig config, Clock clock, Log log) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        vertx = EventLoops.start();
        AdmissionReviews reviews = reviews(config, log);
        WarmUp.answer(reviews);

        certificate = certificate(config.serving(), clock, log);
        WebhookMetrics metrics = new WebhookMetrics(registry, certificate);
        server =
                new HttpsServer(
                        vertx, config.serving().https(), certificate, metrics::closedConnection);
        server.start(
                loop ->
                        new ReviewHandler(
                                new ReviewBodies(loop.owner()),
                                new ReviewAnswers(loop, reviews, metrics, clock),
                                new StatusPages(certificate, registry),
                                metrics),
                log);
        certificate.start();
    }

    /** The cluster is needed for nothing else: with files there is no account either. */
    private ServingCertificate certificate(ServingConfig config, Clock clock, Log log)
            throws IOException {
        if (!(config.tls() instanceof TlsSource.Managed managed)) {
            return Certificates.of(vertx, config.tls(), clock, log);
        }
        KubernetesClient client = Cluster.connect(config.kubeconfig(), vertx);
        client.getConfiguration().setRequestRetryBackoffLimit(RETRIES);
        String name = config.configuration();
        CaBundles bundles =
                name == null
                        ? bundle -> true // whoever reads the Secret tells them
                        : ClusterCaBundles.inWebhooks(client, name, log);
        return Certificates.managed(vertx, client, managed, bundles, clock, log);
    }

    /** What answers reviews, by the settings. */
    static AdmissionReviews reviews(WebhookConfig config, Log log) {
        return new AdmissionReviews(
                new HpaAdmission(config.onUntranslatable()),
                new PodAdmission(config.sidecar()),
                log);
    }

    /** Runs until it has translated, or until a signal ends the process. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: results are files.
        PrintStream results =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Surroundings surroundings =
                new Surroundings(System.getenv(), System.in, results, System.err);
        ServingProcess.<Webhook>run(
                new Log(System.err, Clock.SYSTEM),
                started -> run(arguments, surroundings, started));
    }

    /**
     * Does what the arguments say, and leaves a webhook running if they say so.
     *
     * @param started takes the webhook that runs
     * @return the exit code, if the process is to end
     */
    static int run(String[] arguments, Surroundings surroundings, Consumer<Webhook> started) {
        Log log = new Log(surroundings.messages(), Clock.SYSTEM);
        PrintStream results = surroundings.results();
        WebhookCommand command = new WebhookCommand();
        WebhookCommand.Typed typed = command.parse(arguments);
        if (typed.arguments().help()) {
            results.print(command.help(typed));
            results.flush();
            return ServingProcess.OK;
        }
        if (typed.arguments().version()) {
            results.println("webhook " + version());
            results.flush();
            return ServingProcess.OK;
        }
        return ServingProcess.exitCode(
                log,
                () -> {
                    WebhookCommand.Translate translate = typed.translate();
                    return translate == null
                            ? serve(typed, surroundings, log, started)
                            : translate(translate, typed, surroundings, log);
                });
    }

    private static int translate(
            WebhookCommand.Translate translate,
            WebhookCommand.Typed typed,
            Surroundings surroundings,
            Log log)
            throws IOException {
        return TranslateCommand.of(translate, typed.arguments(), surroundings, log).run()
                ? ServingProcess.OK
                : ServingProcess.FAILED;
    }

    private static int serve(
            WebhookCommand.Typed typed,
            Surroundings surroundings,
            Log log,
            Consumer<Webhook> started)
            throws IOException {
        WebhookConfig config =
                WebhookConfig.from(typed.arguments(), surroundings.environment(), log);
        log.info("webhook " + version() + " adds " + config.sidecar().image());
        started.accept(new Webhook(config, Clock.SYSTEM, log));
        return ServingProcess.OK;
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return ServingProcess.version(Webhook.class);
    }

    int port() {
        return server.port();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    public void close() {
        server.close();
        certificate.close();
        vertx.close();
    }
}
