package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.bootstrap.SettingsCommand;
import dev.enclavemetrics.metricsserver.api.CustomMetricsApi;
import dev.enclavemetrics.metricsserver.outage.PodOutageTracker;
import dev.enclavemetrics.metricsserver.scrape.ScrapeEventLoop;
import dev.enclavemetrics.metricsserver.scrape.ScrapeWheel;
import dev.enclavemetrics.metricsserver.scrape.Scraper;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.metricsserver.store.StoreMetrics;
import dev.enclavemetrics.metricsserver.watch.PodWatch;
import dev.enclavemetrics.serving.cluster.Cluster;
import dev.enclavemetrics.serving.http.EventLoops;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The metrics server's process: reads the settings, wires the stages, shuts down on SIGTERM. */
public final class MetricsServer implements Closeable {

    private final Vertx vertx;
    private final EventLoop scraping;
    private final KubernetesClient client;
    private final PodWatch watch;
    private final PodOutageTracker outages;
    private final CustomMetricsApi api;

    /** The data flow, from the cluster's pods to the API. */
    MetricsServer(MetricsServerConfig config, Log log) throws IOException {
        Clock clock = Clock.SYSTEM;
        PrometheusRegistry registry = new PrometheusRegistry();
        vertx = EventLoops.start(log);
        scraping = ScrapeEventLoop.start();
        client = Cluster.connect(config.kubeconfig(), vertx);

        ScrapeConfig scrape = config.scrape();
        Health health = new Health(scrape, clock);
        ScrapeWheel wheel = new ScrapeWheel(scrape);
        MetricStore store = new MetricStore(scrape, clock, wheel);
        StoreMetrics.register(store, health, registry);
        watch = new PodWatch(client, store, health, log);

        outages = PodOutageTracker.of(scrape, config.events() ? client : null, clock, log);
        Scraper scraper = new Scraper(wheel, health, scrape, scraping, outages, registry, clock);

        log.info(
                "metrics server "
                        + version()
                        + " watches the pods of "
                        + client.getMasterUrl()
                        + " and scrapes each every "
                        + scrape.interval().toMillis()
                        + " ms");
        api =
                new CustomMetricsApi(
                        new CustomMetricsApi.Options(
                                config.listen(),
                                config.minTlsVersion(),
                                config.fallback(),
                                version()),
                        new CustomMetricsApi.Dependencies(
                                store,
                                health,
                                vertx,
                                client,
                                ApiCertificate.of(config, vertx, client, clock, log),
                                registry,
                                clock,
                                log));
        api.start();
        watch.start(scraping);
        scraper.start(scraping);
    }

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Log log = new Log(System.err, Clock.SYSTEM);
        ServingProcess.<MetricsServer>run(
                log, started -> run(arguments, System.getenv(), System.out, log, started));
    }

    /**
     * Prints what the arguments ask for, or starts a metrics server.
     *
     * @param started receives the running metrics server
     * @return the exit code, used if no metrics server was started or the start failed
     */
    static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintStream results,
            Log log,
            Consumer<MetricsServer> started) {
        return command()
                .run(
                        arguments,
                        "metrics-server " + version(),
                        results,
                        log,
                        parsed ->
                                started.accept(
                                        new MetricsServer(
                                                MetricsServerConfig.from(parsed, environment, log),
                                                log)));
    }

    static SettingsCommand<Setting> command() {
        return SettingsCommand.ofProcess(
                "metrics-server.jar",
                Setting.SCRAPE_INTERVAL,
                "Scrapes the launchers of a cluster's enclaves and serves their usages in"
                        + " the Kubernetes Custom Metrics API (custom.metrics.k8s.io).");
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return ServingProcess.version(MetricsServer.class);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    public void close() {
        api.close();
        watch.close();
        outages.close();
        client.close();
        scraping.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        vertx.close();
    }
}
