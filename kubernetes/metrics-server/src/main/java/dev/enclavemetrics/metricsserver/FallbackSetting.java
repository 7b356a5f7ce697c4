package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import dev.enclavemetrics.metricsserver.fallback.FallbackAccount;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the other custom metrics server. */
final class FallbackSetting {

    private static final int MAX_PORT = 65_535;

    /** NAMESPACE/NAME:PORT, of RFC 1123 and RFC 1035 labels. */
    private static final Pattern SERVICE =
            Pattern.compile(
                    "([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)"
                            + ":(\\d{1,5})");

    /** The URL of a server that is not a Service. */
    private static final Pattern ADDRESS =
            Pattern.compile("https://([A-Za-z0-9](?:[-A-Za-z0-9.]{0,252}))(?::(\\d{1,5}))?/?");

    /** NAMESPACE/NAME, an RFC 1123 label and subdomain. */
    private static final Pattern ACCOUNT =
            Pattern.compile(
                    "([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/"
                            + "([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)");

    /** What has no effect on a server that is not verified. */
    private static final List<Setting> SECURE =
            List.of(
                    Setting.FALLBACK_CA_FILE,
                    Setting.FALLBACK_ACCOUNT,
                    Setting.FALLBACK_TOKEN_AUDIENCE);

    private static final String HTTPS_PORT = "443";

    private FallbackSetting() {}

    static @Nullable FallbackAddress read(SettingReader<Setting> settings) {
        Path caFile = settings.file(Setting.FALLBACK_CA_FILE);
        boolean insecure = settings.flag(Setting.FALLBACK_INSECURE, false);
        List<Setting> secure = SECURE.stream().filter(s -> settings.get(s) != null).toList();
        Given given = settings.get(Setting.FALLBACK_SERVICE);
        if (given == null) {
            if (insecure) {
                needsService(settings, Setting.FALLBACK_INSECURE);
            }
            secure.forEach(setting -> needsService(settings, setting));
            return null;
        }
        FallbackAccount account = null;
        if (insecure) {
            secure.forEach(setting -> settings.notTogether(setting, Setting.FALLBACK_INSECURE));
        } else {
            account = account(settings);
        }
        return address(settings, given, caFile, insecure, account);
    }

    private static void needsService(SettingReader<Setting> settings, Setting alone) {
        settings.needs(alone, Setting.FALLBACK_SERVICE, "set the Service, or leave this out");
    }

    /** There is no default: the account of this process may do more than read metrics. */
    private static @Nullable FallbackAccount account(SettingReader<Setting> settings) {
        Given given = settings.get(Setting.FALLBACK_ACCOUNT);
        if (given == null) {
            settings.needs(
                    Setting.FALLBACK_SERVICE,
                    Setting.FALLBACK_ACCOUNT,
                    "name the service account whose token it gets");
            return null;
        }
        Matcher account = ACCOUNT.matcher(given.text());
        if (!account.matches()) {
            settings.refuse(given, "must be NAMESPACE/NAME of a service account", "; correct it");
            return null;
        }
        Given audience = settings.get(Setting.FALLBACK_TOKEN_AUDIENCE);
        return new FallbackAccount(
                account.group(1), account.group(2), audience == null ? "" : audience.text());
    }

    private static @Nullable FallbackAddress address(
            SettingReader<Setting> settings,
            Given given,
            @Nullable Path caFile,
            boolean insecure,
            @Nullable FallbackAccount account) {
        Matcher service = SERVICE.matcher(given.text());
        Matcher address = ADDRESS.matcher(given.text());
        String host = "";
        int port = 0;
        if (service.matches()) {
            host = service.group(2) + "." + service.group(1) + ".svc";
            port = SettingReader.wholeNumber(service.group(3));
        } else if (address.matches()) {
            host = address.group(1);
            port =
                    SettingReader.wholeNumber(
                            Objects.requireNonNullElse(address.group(2), HTTPS_PORT));
        }
        if (port < 1 || port > MAX_PORT) {
            settings.refuse(
                    Setting.FALLBACK_SERVICE,
                    given,
                    "must be NAMESPACE/NAME:PORT such as monitoring/prometheus-adapter:443, or"
                            + " https://HOST:PORT");
            return null;
        }
        return new FallbackAddress(host, port, caFile, insecure, account);
    }
}
