package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Setting;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the source of the certificate. Every process has these settings under the same names.
 *
 * @param certFile of a chain
 * @param keyFile of its key
 * @param secret the name of a Secret for a managed certificate
 * @param names the names of that certificate, separated by commas
 * @param namespace of the Secret, if there is no service account
 */
public record TlsSettings<S extends Enum<S> & Setting>(
        S certFile, S keyFile, S secret, S names, S namespace) {

    /** The pod's own namespace, as the kubelet mounts it. */
    private static final Path NAMESPACE_FILE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private static final String OTHER_FILE = "give the other, or leave both out";
    private static final int MAX_NAMES = 100;
    private static final int MAX_NAME_CHARS = 253;
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /** The source; ephemeral if none was given or a problem was noted. */
    public TlsSource read(SettingReader<S> settings) {
        return read(settings, NAMESPACE_FILE);
    }

    TlsSource read(SettingReader<S> settings, Path namespaceFile) {
        boolean files = settings.get(certFile) != null || settings.get(keyFile) != null;
        Given name = settings.get(secret);
        settings.notTogether(secret, certFile);
        settings.notTogether(secret, keyFile);
        if (name == null) {
            needsSecret(settings, names);
            needsSecret(settings, namespace);
        }
        if (files) {
            return files(settings);
        }
        return name == null ? new TlsSource.Ephemeral() : managed(settings, name, namespaceFile);
    }

    private void needsSecret(SettingReader<S> settings, S setting) {
        if (settings.get(setting) != null) {
            settings.needs(setting, secret, "set the Secret, or leave this out");
        }
    }

    private TlsSource files(SettingReader<S> settings) {
        Path cert = settings.file(certFile);
        Path key = settings.file(keyFile);
        if (cert != null && key != null) {
            return new TlsSource.Files(cert, key);
        }
        if (settings.get(certFile) == null) {
            settings.needs(keyFile, certFile, OTHER_FILE);
        }
        if (settings.get(keyFile) == null) {
            settings.needs(certFile, keyFile, OTHER_FILE);
        }
        return new TlsSource.Ephemeral();
    }

    private TlsSource managed(SettingReader<S> settings, Given name, Path namespaceFile) {
        if (!isDnsName(name.text())) {
            settings.refuse(
                    name,
                    "must be the name of a Secret",
                    "; use lower case letters, digits, - and .");
        }
        List<String> valid = names(settings);
        String where = namespace(settings, namespaceFile);
        return valid.isEmpty() || where == null
                ? new TlsSource.Ephemeral()
                : new TlsSource.Managed(where, name.text(), valid);
    }

    private List<String> names(SettingReader<S> settings) {
        Given given = settings.get(names);
        if (given == null) {
            settings.needs(
                    names, secret, "set the names that clients use, such as NAME.NAMESPACE.svc");
            return List.of();
        }
        List<String> all = List.of(given.text().split(",", -1));
        if (all.size() <= MAX_NAMES && all.stream().allMatch(TlsSettings::isName)) {
            return all;
        }
        settings.refuse(
                given,
                "must be DNS names or IP addresses with commas between, at most " + MAX_NAMES,
                "; set for example NAME.NAMESPACE.svc");
        return List.of();
    }

    private @Nullable String namespace(SettingReader<S> settings, Path namespaceFile) {
        Given given = settings.get(namespace);
        if (given == null) {
            try {
                return Files.readString(namespaceFile, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                settings.problem(
                        namespace.flag()
                                + " must be given without a service account, found no "
                                + namespaceFile
                                + "; set the namespace of the Secret");
                return null;
            }
        }
        if (!DNS_LABEL.matcher(given.text()).matches()) {
            settings.refuse(namespace, given, "must be the name of a namespace");
            return null;
        }
        return given.text();
    }

    private static boolean isName(String text) {
        return NetUtil.createByteArrayFromIpAddressString(text) != null || isDnsName(text);
    }

    private static boolean isDnsName(String text) {
        return text.length() <= MAX_NAME_CHARS && DNS_NAME.matcher(text).matches();
    }
}
