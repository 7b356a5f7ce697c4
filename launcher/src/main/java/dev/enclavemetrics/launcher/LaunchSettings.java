package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.bootstrap.SettingReader.Given;
import dev.enclavemetrics.launcher.nitro.EnclaveAddress;
import dev.enclavemetrics.launcher.nitro.EnclaveSpec;
import dev.enclavemetrics.launcher.nitro.LaunchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the enclave to start. */
final class LaunchSettings {

    private static final int MAX_CPUS = 4096;
    private static final int MIN_MEMORY_MIB = 64; // nitro-cli's own
    private static final int MAX_MEMORY_MIB = 32 << 20;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DEFAULT_WATCH = Duration.ofSeconds(30);
    private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration MAX_STOP_GRACE = Duration.ofMinutes(10);
    private static final String ON_FAILURE = "on-failure";
    private static final Pattern RESTART = Pattern.compile("never|" + ON_FAILURE);

    private final SettingReader<Setting> settings;

    private LaunchSettings(SettingReader<Setting> settings) {
        this.settings = settings;
    }

    /** Reports settings that need {@code --run-enclave}, where it is not set. */
    static void requireNone(SettingReader<Setting> settings) {
        for (Setting setting : Setting.ofStartedEnclave()) {
            Given given = settings.get(setting);
            if (given != null) {
                settings.refuse(
                        given,
                        "must go with " + Setting.RUN_ENCLAVE.flag(),
                        " without it; leave it out, or set the image to start");
            }
        }
    }

    /** The enclave to start, or null if the settings have a problem. */
    static EnclaveAddress.@Nullable Launched read(SettingReader<Setting> settings) {
        return new LaunchSettings(settings).launched();
    }

    private EnclaveAddress.@Nullable Launched launched() {
        Given other = settings.get(Setting.ENCLAVE);
        if (other != null) {
            settings.refuse(
                    other,
                    "must not go with " + Setting.RUN_ENCLAVE.flag(),
                    "; remove one of them");
        }
        Given port = settings.get(Setting.ENCLAVE_PORT);
        if (port != null) {
            settings.refuse(
                    port,
                    "must go with --enclave=nitro",
                    " with "
                            + Setting.RUN_ENCLAVE.flag()
                            + "; add the port to "
                            + Setting.ENCLAVE_ENDPOINT.flag());
        }
        Path image = settings.file(Setting.RUN_ENCLAVE);
        int cpus = required(Setting.ENCLAVE_CPUS, 1, MAX_CPUS);
        int memoryMib = required(Setting.ENCLAVE_MEMORY_MIB, MIN_MEMORY_MIB, MAX_MEMORY_MIB);
        int cid = settings.number(Setting.ENCLAVE_CID, EnclaveSpec.MIN_CID, Integer.MAX_VALUE, 0);
        String name = name();
        boolean debug = settings.flag(Setting.DEBUG, false);
        LaunchConfig config = config();
        return image == null || config == null
                ? null
                : new EnclaveAddress.Launched(
                        new EnclaveSpec(image, cpus, memoryMib, name, cid, debug), config);
    }

    private @Nullable LaunchConfig config() {
        Duration hour = Duration.ofHours(1);
        Duration watch = settings.duration(Setting.ENCLAVE_WATCH, SECOND, hour, DEFAULT_WATCH);
        Duration stopGrace =
                settings.duration(
                        Setting.ENCLAVE_STOP_GRACE, SECOND, MAX_STOP_GRACE, DEFAULT_STOP_GRACE);
        boolean restarts = restarts();
        Given agent = settings.get(Setting.ENCLAVE_ENDPOINT);
        if (agent == null) {
            return new LaunchConfig(
                    restarts, watch, stopGrace, Setting.ENCLAVE_ENDPOINT.defaultText());
        }
        try {
            return new LaunchConfig(restarts, watch, stopGrace, agent.text());
        } catch (IllegalArgumentException e) {
            settings.problem(agent.origin() + ": " + e.getMessage());
            return null;
        }
    }

    private int required(Setting setting, int min, int max) {
        Given given = settings.get(setting);
        int number = given == null ? -1 : SettingReader.wholeNumber(given.text());
        if (number < min || number > max) {
            settings.problem(
                    (given == null ? setting.flag() : given.origin())
                            + " must be a whole number from "
                            + min
                            + " to "
                            + max
                            + " with "
                            + Setting.RUN_ENCLAVE.flag()
                            + ", found "
                            + (given == null ? "none" : "\"" + given.text() + "\""));
        }
        return number;
    }

    private @Nullable String name() {
        Given given = settings.get(Setting.ENCLAVE_NAME);
        if (given == null) {
            return null;
        }
        if (given.text().isBlank() || given.text().startsWith("-")) {
            settings.refuse(
                    Setting.ENCLAVE_NAME, given, "must be a name that does not begin with a dash");
        }
        return given.text();
    }

    private boolean restarts() {
        return settings.matching(Setting.ENCLAVE_RESTART, RESTART, "never or on-failure")
                .equals(ON_FAILURE);
    }
}
