package dev.enclavemetrics.metricsserver;

import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import dev.enclavemetrics.metricsserver.fallback.FallbackAddress;
import java.nio.file.Path;
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

    private static final String HTTPS_PORT = "443";

    private FallbackSetting() {}

    static @Nullable FallbackAddress read(SettingReader<Setting> settings) {
        Path caFile = settings.file(Setting.FALLBACK_CA_FILE);
        Path tokenFile = settings.file(Setting.FALLBACK_TOKEN_FILE);
        boolean insecure = settings.flag(Setting.FALLBACK_INSECURE, false);
        Given given = settings.get(Setting.FALLBACK_SERVICE);
        if (given == null) {
            Setting alone =
                    insecure
                            ? Setting.FALLBACK_INSECURE
                            : caFile != null
                                    ? Setting.FALLBACK_CA_FILE
                                    : tokenFile != null ? Setting.FALLBACK_TOKEN_FILE : null;
            if (alone != null) {
                settings.needs(
                        alone, Setting.FALLBACK_SERVICE, "set the Service, or leave this out");
            }
            return null;
        }
        if (insecure) {
            settings.notTogether(Setting.FALLBACK_CA_FILE, Setting.FALLBACK_INSECURE);
            settings.notTogether(Setting.FALLBACK_TOKEN_FILE, Setting.FALLBACK_INSECURE);
        }
        FallbackAddress address = address(settings, given, caFile, insecure);
        return address == null ? null : address.withTokenFile(tokenFile);
    }

    private static @Nullable FallbackAddress address(
            SettingReader<Setting> settings, Given given, @Nullable Path caFile, boolean insecure) {
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
        return new FallbackAddress(host, port, caFile, insecure, null);
    }
}
