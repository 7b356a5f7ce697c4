package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.ListenSettings;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.serving.http.HttpsServer;
import dev.enclavemetrics.serving.tls.TlsSettings;
import dev.enclavemetrics.serving.tls.TlsSource;
import dev.enclavemetrics.serving.tls.TlsVersion;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the webhook serves.
 *
 * @param kubeconfig for access to the cluster from outside, or null for the service account
 * @param https address and limits
 * @param tls the source of the certificate
 * @param configuration the MutatingWebhookConfiguration whose caBundle is kept up to date, or null
 */
record ServingConfig(
        @Nullable Path kubeconfig,
        HttpsServer.Options https,
        TlsSource tls,
        @Nullable String configuration) {

    private static final int DEFAULT_PORT = 10_251;

    // Fits the heap, even if each sends request headers without end.
    private static final int MIN_CONNECTIONS = 10;
    private static final int MAX_CONNECTIONS = 500;
    private static final int DEFAULT_CONNECTIONS = 200;
    private static final long MAX_REQUEST_BYTES = 4 << 20;

    private static final TlsSettings<Setting> TLS =
            new TlsSettings<>(
                    Setting.TLS_CERT_FILE,
                    Setting.TLS_KEY_FILE,
                    Setting.TLS_SECRET,
                    Setting.TLS_NAMES,
                    Setting.NAMESPACE);
    private static final Pattern OBJECT_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?");

    /** Reads the settings, and reports their problems. */
    static ServingConfig from(SettingReader<Setting> settings) {
        TlsSource tls = TLS.read(settings);
        boolean noneGiven =
                Stream.of(Setting.TLS_CERT_FILE, Setting.TLS_KEY_FILE, Setting.TLS_SECRET)
                        .allMatch(setting -> settings.get(setting) == null);
        if (noneGiven) {
            settings.problem(
                    "a certificate must be given, found none; give "
                            + Setting.TLS_CERT_FILE.flag()
                            + " and "
                            + Setting.TLS_KEY_FILE.flag()
                            + ", or "
                            + Setting.TLS_SECRET.flag()
                            + " and "
                            + Setting.TLS_NAMES.flag()
                            + " for a generated one");
        }
        String configuration = null;
        if (settings.get(Setting.WEBHOOK_CONFIGURATION) != null) {
            configuration =
                    settings.matching(
                            Setting.WEBHOOK_CONFIGURATION,
                            OBJECT_NAME,
                            "the name of a MutatingWebhookConfiguration");
            if (settings.get(Setting.TLS_SECRET) == null) {
                settings.needs(
                        Setting.WEBHOOK_CONFIGURATION,
                        Setting.TLS_SECRET,
                        "leave it out: the issuer of the certificate publishes its CA");
            }
        }
        HttpsServer.Options https =
                new HttpsServer.Options(
                        ListenSettings.read(settings, Setting.BIND, Setting.PORT, DEFAULT_PORT),
                        settings.number(
                                Setting.MAX_CONNECTIONS,
                                MIN_CONNECTIONS,
                                MAX_CONNECTIONS,
                                DEFAULT_CONNECTIONS),
                        MAX_REQUEST_BYTES,
                        false,
                        TlsVersion.read(settings, Setting.TLS_MIN_VERSION));
        return new ServingConfig(settings.file(Setting.KUBECONFIG), https, tls, configuration);
    }
}
