package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.serving.cluster.Cluster;
import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.serving.http.HttpsServer;
import dev.enclavemetrics.serving.tls.CaBundles;
import dev.enclavemetrics.serving.tls.Certificates;
import dev.enclavemetrics.serving.tls.ClusterCaBundles;
import dev.enclavemetrics.serving.tls.ServingCertificate;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.webhook.hpa.HpaAdmission;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
import dev.enclavemetrics.webhook.pod.PodAdmission;
import dev.enclavemetrics.webhook.review.ReviewEndpoint;
import dev.enclavemetrics.webhook.translate.TranslateCommand;
import io.fabric8.kubernetes.client.KubernetesClient;
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

/** The webhook's process: serves until a signal ends it, or translates files. */
public final class Webhook implements Closeable {

    private static final int RETRIES = 2; // the next attempt follows soon

    /** The environment and streams of the process. */
    record ProcessContext(
            Map<String, String> environment,
            InputStream input,
            PrintStream results,
            PrintStream messages) {}

    private final Vertx vertx;
    private final ServingCertificate certificate;
    private final HttpsServer server;

    /** Composes the process: reviews come in over HTTPS, and are answered by HPA or by Pod. */
    Webhook(WebhookConfig config, Clock clock, Log log) throws IOException {
        vertx = EventLoops.start(log);
        certificate = certificate(config.serving(), clock, log);
        ReviewEndpoint endpoint =
                new ReviewEndpoint(
                        new HpaAdmission(config.onUntranslatable()),
                        new PodAdmission(config.sidecar()),
                        certificate,
                        clock,
                        log);
        server =
                new HttpsServer(
                        vertx,
                        config.serving().https(),
                        certificate,
                        endpoint::countClosedConnection);
        server.start(endpoint::handler, log);
        certificate.start();
    }

    /** With certificate files no cluster is needed, and no service account either. */
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
                        ? bundle -> true // another reader of the Secret publishes the authority
                        : ClusterCaBundles.inWebhooks(client, name, log);
        return Certificates.managed(vertx, client, managed, bundles, clock, log);
    }

    /** Runs until a signal stops the process, or until all files are translated. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: results are files.
        PrintStream results =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        ProcessContext context =
                new ProcessContext(System.getenv(), System.in, results, System.err);
        ServingProcess.<Webhook>run(
                new Log(System.err, Clock.SYSTEM), started -> run(arguments, context, started));
    }

    /**
     * Runs the command that the arguments name.
     *
     * @param started receives a webhook that keeps running
     * @return the exit code, unless a webhook keeps running
     */
    static int run(String[] arguments, ProcessContext context, Consumer<Webhook> started) {
        Log log = new Log(context.messages(), Clock.SYSTEM);
        PrintStream results = context.results();
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
                    TranslateCommand.Options translate = typed.translate();
                    return translate == null
                            ? serve(typed, context, log, started)
                            : translate(translate, typed, context, log);
                });
    }

    private static int translate(
            TranslateCommand.Options options,
            WebhookCommand.Typed typed,
            ProcessContext context,
            Log log) {
        OnUntranslatable onUntranslatable =
                WebhookConfig.forTranslate(options, typed.arguments(), context.environment(), log);
        TranslateCommand command =
                new TranslateCommand(
                        options,
                        onUntranslatable,
                        context.input(),
                        context.results(),
                        context.messages());
        return command.run() ? ServingProcess.OK : ServingProcess.FAILED;
    }

    private static int serve(
            WebhookCommand.Typed typed, ProcessContext context, Log log, Consumer<Webhook> started)
            throws IOException {
        WebhookConfig config = WebhookConfig.from(typed.arguments(), context.environment(), log);
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
