package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Setting;
import dev.enclavemetrics.bootstrap.SettingReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The minimum version of TLS. Of TLS 1.2 only cipher suites with authenticated encryption. */
public enum TlsVersion {
    // Named as by kube-apiserver's flag.
    V1_2("VersionTLS12", "TLSv1.2"),
    V1_3("VersionTLS13", "TLSv1.3");

    private static final Pattern TEXT = Pattern.compile("VersionTLS1[23]");

    private static final List<String> SUITES_1_3 =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /** With forward secrecy, too. The same as of Go's servers. */
    private static final List<String> SUITES_1_2 =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final String text;
    private final String protocol;

    TlsVersion(String text, String protocol) {
        this.text = text;
        this.protocol = protocol;
    }

    /** Reads a setting; TLS 1.2 if it was not given, or with a problem noted. */
    public static <S extends Enum<S> & Setting> TlsVersion read(
            SettingReader<S> settings, S minVersion) {
        String text = settings.matching(minVersion, TEXT, "VersionTLS12 or VersionTLS13");
        return text.equals(V1_3.text) ? V1_3 : V1_2;
    }

    /** The protocols from this version on, by their names in the JDK. */
    public Set<String> protocols() {
        return Arrays.stream(values())
                .filter(version -> version.compareTo(this) >= 0)
                .map(version -> version.protocol)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The cipher suites of these protocols, the preferred first. */
    public List<String> cipherSuites() {
        List<String> suites = new ArrayList<>(SUITES_1_3);
        if (this == V1_2) {
            suites.addAll(SUITES_1_2);
        }
        return suites;
    }
}
