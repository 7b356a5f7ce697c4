package dev.enclavemetrics.webhook;

import dev.enclavemetrics.https.CaBundles;
import dev.enclavemetrics.https.Certificates;
import dev.enclavemetrics.https.Cluster;
import dev.enclavemetrics.https.ClusterCaBundles;
import dev.enclavemetrics.https.EventLoops;
import dev.enclavemetrics.https.HttpsServer;
import dev.enclavemetrics.https.ServingCertificate;
import dev.enclavemetrics.https.TlsSource;
import dev.enclavemetrics.process.BadSettingsException;
import dev.enclavemetrics.process.Clock;
import dev.enclavemetrics.process.Log;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The webhook's process: reads the settings, and serves until a signal or translates. */
public final class Webhook implements Closeable {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_SETTINGS = 2;
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
                        vertx,
                        config.serving().https(),
                        certificate.keys(),
                        metrics::closedConnection);
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
        Log log = new Log(System.err, Clock.SYSTEM);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> {
                    log.error("thread " + thread.getName() + " failed: " + failure);
                    Runtime.getRuntime().halt(FAILED); // whoever watches starts it again
                });
        AtomicReference<@Nullable Webhook> running = new AtomicReference<>();
        Thread end = new Thread(() -> end(running.get(), log), "shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        // UTF-8 whatever the locale: results are files.
        PrintStream results =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int code =
                run(
                        arguments,
                        new Surroundings(System.getenv(), System.in, results, System.err),
                        running::set);
        if (code != OK || running.get() == null) {
            Runtime.getRuntime().halt(code); // not exit: that is what a signal does
        }
    }

    /** What a signal leads to. Without the halt the JVM would end with 143, as if it had failed. */
    private static void end(@Nullable Webhook running, Log log) {
        if (running != null) {
            running.close();
            log.info("ended by a signal");
        }
        Runtime.getRuntime().halt(OK);
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
            return OK;
        }
        if (typed.arguments().version()) {
            results.println("webhook " + version());
            results.flush();
            return OK;
        }
        try {
            WebhookCommand.Translate translate = typed.translate();
            if (translate != null) {
                return TranslateCommand.of(translate, typed.arguments(), surroundings, log).run()
                        ? OK
                        : FAILED;
            }
            WebhookConfig config =
                    WebhookConfig.from(typed.arguments(), surroundings.environment(), log);
            log.info("webhook " + version() + " adds " + config.sidecar().image());
            started.accept(new Webhook(config, Clock.SYSTEM, log));
            return OK;
        } catch (BadSettingsException e) {
            e.problems().forEach(log::error);
            return BAD_SETTINGS;
        } catch (IOException e) {
            log.error(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return FAILED;
        }
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return Objects.requireNonNullElse(
                Webhook.class.getPackage().getImplementationVersion(), "development");
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
