package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.ListenSettings;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import dev.enclavemetrics.metricsserver.store.ScrapeConfig;
import dev.enclavemetrics.serving.tls.TlsSettings;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.serving.tls.TlsVersion;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics server's settings, validated.
 *
 * @param kubeconfig for use outside a cluster, or null for the service account
 * @param listen the address to serve HTTPS on
 * @param tls the certificate to serve with
 * @param minTlsVersion the minimum version that clients may use
 * @param caBundleIntoApiServices whether its CA is written into the APIServices
 * @param scrape when pods are scraped
 * @param events whether Events are created on pods
 * @param fallback another custom metrics server, or null
 */
record MetricsServerConfig(
        @Nullable Path kubeconfig,
        InetSocketAddress listen,
        TlsSource tls,
        TlsVersion minTlsVersion,
        boolean caBundleIntoApiServices,
        ScrapeConfig scrape,
        boolean events,
        @Nullable FallbackAddress fallback) {

    private static final int DEFAULT_PORT = 10_250;
    private static final TlsSettings<Setting> TLS =
            new TlsSettings<>(
                    Setting.TLS_CERT_FILE,
                    Setting.TLS_KEY_FILE,
                    Setting.TLS_SECRET,
                    Setting.TLS_NAMES,
                    Setting.NAMESPACE);

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(15);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration MAX_WARM_UP = Duration.ofHours(1);
    private static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(30);

    /**
     * Reads and validates all settings.
     *
     * @throws BadSettingsException with all problems
     */
    static MetricsServerConfig from(
            Arguments<Setting> arguments, Map<String, String> environment, Log log) {
        SettingReader<Setting> settings =
                new SettingReader<>(Setting.class, "metrics server", arguments, environment, log);
        InetSocketAddress listen =
                ListenSettings.read(settings, Setting.BIND, Setting.PORT, DEFAULT_PORT);
        MetricsServerConfig config =
                new MetricsServerConfig(
                        settings.file(Setting.KUBECONFIG),
                        listen,
                        TLS.read(settings),
                        TlsVersion.read(settings, Setting.TLS_MIN_VERSION),
                        caBundleIntoApiServices(settings),
                        scrape(settings),
                        settings.flag(Setting.EVENTS, true),
                        FallbackSetting.read(settings));
        if (!settings.problems().isEmpty()) {
            throw new BadSettingsException(settings.problems());
        }
        return config;
    }

    private static ScrapeConfig scrape(SettingReader<Setting> settings) {
        Duration interval =
                settings.duration(
                        Setting.SCRAPE_INTERVAL, MIN_INTERVAL, MAX_INTERVAL, DEFAULT_INTERVAL);
        Duration timeout =
                settings.duration(
                        Setting.SCRAPE_TIMEOUT, MIN_TIMEOUT, MAX_TIMEOUT, DEFAULT_TIMEOUT);
        Duration warmUp =
                settings.duration(Setting.WARM_UP, Duration.ZERO, MAX_WARM_UP, DEFAULT_WARM_UP);
        if (timeout.compareTo(interval) >= 0) {
            settings.problem(
                    Setting.SCRAPE_TIMEOUT.flag()
                            + " must be less than "
                            + Setting.SCRAPE_INTERVAL.flag()
                            + ", found "
                            + timeout.toMillis()
                            + "ms and "
                            + interval.toMillis()
                            + "ms; lower the first or raise the second");
            return new ScrapeConfig(DEFAULT_INTERVAL, DEFAULT_TIMEOUT, warmUp);
        }
        return new ScrapeConfig(interval, timeout, warmUp);
    }

    private static boolean caBundleIntoApiServices(SettingReader<Setting> settings) {
        boolean into = settings.flag(Setting.TLS_CA_BUNDLE_INTO_API_SERVICES, false);
        if (into && settings.get(Setting.TLS_SECRET) == null) {
            settings.needs(
                    Setting.TLS_CA_BUNDLE_INTO_API_SERVICES,
                    Setting.TLS_SECRET,
                    "leave it out: the issuer of the certificate writes its CA there");
        }
        return into;
    }
}
