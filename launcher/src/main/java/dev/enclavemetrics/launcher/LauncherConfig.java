package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.ListenSettings;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.launcher.nitro.EnclaveAddress;
import dev.enclavemetrics.launcher.serve.HttpSettings;
import dev.enclavemetrics.transport.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's settings, validated.
 *
 * @param enclave where the agent is, or which enclave to start
 * @param enclavePort the agent's vsock port, since nitro-cli reports only the CID
 * @param http where and how to serve
 */
record LauncherConfig(EnclaveAddress enclave, int enclavePort, HttpSettings http) {

    /** The port that agents listen on by default, in the enclave. */
    static final int DEFAULT_ENCLAVE_PORT = 59090;

    private static final int MAX_PORT = 65_535;
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration MIN_IDLE_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_IDLE_TIMEOUT = Duration.ofHours(24);

    /**
     * Checks all settings.
     *
     * @param limits the limits of the process, which the settings must respect
     * @throws BadSettingsException that lists every problem
     */
    static LauncherConfig from(
            Arguments<Setting> arguments,
            Map<String, String> environment,
            ProcessLimits limits,
            Log log) {
        SettingReader<Setting> settings =
                new SettingReader<>(Setting.class, "launcher", arguments, environment, log);
        boolean launched = settings.get(Setting.RUN_ENCLAVE) != null;
        EnclaveAddress enclave = launched ? LaunchSettings.read(settings) : enclave(settings);
        int enclavePort =
                settings.number(Setting.ENCLAVE_PORT, 1, Integer.MAX_VALUE, DEFAULT_ENCLAVE_PORT);
        InetSocketAddress listen = ListenSettings.at(settings, Setting.BIND, port(settings, log));
        int maxConnections = ConnectionCapacity.of(settings, limits, log);
        Duration idleTimeout =
                settings.duration(
                        Setting.IDLE_TIMEOUT,
                        MIN_IDLE_TIMEOUT,
                        MAX_IDLE_TIMEOUT,
                        DEFAULT_IDLE_TIMEOUT);
        if (enclave == null || !settings.problems().isEmpty()) {
            throw new BadSettingsException(settings.problems());
        }
        return new LauncherConfig(
                enclave, enclavePort, new HttpSettings(listen, maxConnections, idleTimeout));
    }

    private static @Nullable EnclaveAddress enclave(SettingReader<Setting> settings) {
        LaunchSettings.requireNone(settings);
        Given given = settings.get(Setting.ENCLAVE);
        if (given == null) {
            settings.problem(
                    Setting.ENCLAVE.flag()
                            + " must be given, found none; write "
                            + Endpoint.FORMS
                            + ", or nitro[:NAME] to ask nitro-cli, or "
                            + Setting.RUN_ENCLAVE.flag()
                            + "=FILE to start one");
            return null;
        }
        try {
            EnclaveAddress enclave = EnclaveAddress.parse(given.text());
            Given port = settings.get(Setting.ENCLAVE_PORT);
            if (port != null && enclave instanceof EnclaveAddress.Fixed) {
                settings.refuse(
                        port,
                        "must go with --enclave=nitro",
                        " with " + enclave + "; add the port to " + given.origin());
            }
            return enclave;
        } catch (IllegalArgumentException e) {
            settings.problem(given.origin() + ": " + e.getMessage());
            return null;
        }
    }

    private static int port(SettingReader<Setting> settings, Log log) {
        int annotated = annotatedPort(settings, log);
        int port =
                settings.number(
                        Setting.PORT, 1, MAX_PORT, annotated > 0 ? annotated : MetricsPort.DEFAULT);
        if (annotated > 0 && port != annotated) {
            log.warn(
                    "the port is set to "
                            + port
                            + ", but the metrics server scrapes port "
                            + annotated
                            + " as the pod's annotation says; set both to the same");
        }
        return port;
    }

    /** The port of the pod's annotation, or 0 without one. */
    private static int annotatedPort(SettingReader<Setting> settings, Log log) {
        Given file = settings.get(Setting.POD_ANNOTATIONS);
        if (file == null) {
            return 0;
        }
        PodAnnotations annotations;
        try {
            annotations = PodAnnotations.read(Path.of(file.text()));
        } catch (IOException | InvalidPathException e) {
            settings.refuse(
                    file,
                    "must name a readable file",
                    " ("
                            + (e instanceof NoSuchFileException ? "no such file" : e.getMessage())
                            + "); mount a downward API volume with metadata.annotations there, or"
                            + " leave it out");
            return 0;
        }
        return annotatedPort(annotations, settings, log);
    }

    private static int annotatedPort(
            PodAnnotations annotations, SettingReader<Setting> settings, Log log) {
        if (MetricsPort.KEYS.stream().allMatch(key -> annotations.get(key) == null)) {
            return 0;
        }
        MetricsPort port = MetricsPort.of(annotations::get);
        if (port.number() == 0) {
            settings.problem(
                    "the pod's annotation "
                            + port.problem()
                            + "; correct it, or remove it for "
                            + MetricsPort.DEFAULT);
        } else if (!port.problem().isEmpty()) {
            log.warn("annotation " + port.problem() + "; remove one of them");
        }
        return port.number();
    }
}
