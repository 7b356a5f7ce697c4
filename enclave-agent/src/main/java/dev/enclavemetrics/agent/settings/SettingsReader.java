package dev.enclavemetrics.agent.settings;

import dev.enclavemetrics.agent.application.ApplicationConfig;
import dev.enclavemetrics.agent.application.Selector;
import dev.enclavemetrics.agent.application.SelectorParser;
import dev.enclavemetrics.agent.application.SourceAddress;
import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.round.Resolution;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the agent's settings from arguments and environment, and reports all problems at once. */
public final class SettingsReader {

    private static final int MIN_INTERVAL_MS = 100;
    private static final int MAX_WINDOW_INTERVALS = 600;
    private static final int MAX_WINDOW_MS = 600_000;
    private static final int MIN_STEPS = 2;
    private static final int MAX_STEPS = 1_000_000;

    // Not an EnumMap, which calls values() by reflection and so loads the classes of lambdas.
    private final Map<Setting, String> arguments = new HashMap<>();
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads all settings.
     *
     * @param arguments {@code key=value} or {@code --key=value}; they take precedence over the
     *     environment
     * @param log for a warning about each unknown environment variable
     * @throws SettingsException with every problem found
     */
    public static AgentConfig read(
            List<String> arguments, Map<String, String> environment, AgentLog log) {
        SettingsReader reader = new SettingsReader(environment);
        for (String argument : arguments) {
            reader.take(argument);
        }
        for (String name : environment.keySet()) {
            if (name.startsWith(Setting.ENVIRONMENT_PREFIX) && !Setting.knowsVariable(name)) {
                log.line(name + " is ignored: the agent has no such setting; see --help");
            }
        }
        return reader.config();
    }

    private void take(String argument) {
        String pair = argument.startsWith("--") ? argument.substring(2) : argument;
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        for (Setting setting : Setting.values()) {
            if (setting.key().equals(key) && equals >= 0) {
                String value = pair.substring(equals + 1);
                String first = arguments.put(setting, value);
                if (first != null) {
                    problems.add(
                            key
                                    + " must be given only once, found "
                                    + first
                                    + " and "
                                    + value
                                    + "; remove one");
                }
                return;
            }
        }
        problems.add(
                "a setting must be key=value with a key of "
                        + Setting.keys()
                        + ", found "
                        + orNothing(argument));
    }

    private AgentConfig config() {
        Endpoint listen = listen();
        int socketMode = socketMode();
        int intervalMs = duration(Setting.INTERVAL, MIN_INTERVAL_MS, MetricsFrame.MAX_INTERVAL_MS);
        int windowMs = duration(Setting.WINDOW, MIN_INTERVAL_MS, MAX_WINDOW_MS);
        if (intervalMs > 0 && windowMs > 0) {
            requireWindow(intervalMs, windowMs);
        }
        int peerCid = peerCid();
        Resolution resolution = resolution();
        Path proc = proc();
        int whilePid = whilePid();
        ApplicationConfig application = application();
        boolean lastWords = lastWords();
        // If there is a problem, numbers may be stand-ins such as -1, which must not be used.
        if (listen == null || proc == null || !problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new AgentConfig(
                listen,
                socketMode,
                intervalMs,
                windowMs,
                peerCid,
                resolution,
                proc,
                whilePid,
                application,
                lastWords);
    }

    private @Nullable Endpoint listen() {
        String value = value(Setting.LISTEN);
        try {
            return Endpoint.parseListening(value);
        } catch (IllegalArgumentException e) {
            problem(Setting.LISTEN, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private int socketMode() {
        String value = value(Setting.SOCKET_MODE);
        int mode = SettingText.octalMode(value);
        if (mode < 0) {
            problem(Setting.SOCKET_MODE, "must be three octal digits, such as 0666 or 0660", value);
        }
        return mode;
    }

    /** In ms, or -1 with a problem noted. */
    private int duration(Setting setting, int minMs, int maxMs) {
        String value = value(setting);
        long ms = SettingText.durationMs(value);
        if (ms >= minMs && ms <= maxMs) {
            return (int) ms;
        }
        problem(
                setting,
                "must be a duration from "
                        + minMs
                        + "ms to "
                        + maxMs / 1000
                        + "s, written like 500ms, 1s or 2m",
                value);
        return -1;
    }

    private void requireWindow(int intervalMs, int windowMs) {
        if (windowMs < intervalMs || windowMs > MAX_WINDOW_INTERVALS * intervalMs) {
            problem(
                    Setting.WINDOW,
                    "must be 1 to " + MAX_WINDOW_INTERVALS + " intervals of " + intervalMs + "ms",
                    value(Setting.WINDOW));
        }
    }

    private int peerCid() {
        try {
            return Endpoint.cid(value(Setting.PEER_CID));
        } catch (IllegalArgumentException e) {
            problem(Setting.PEER_CID, String.valueOf(e.getMessage()));
            return 0; // not used; and not ANY_CID, which would let every peer in
        }
    }

    private Resolution resolution() {
        String value = value(Setting.RESOLUTION);
        int steps = SettingText.partsOfOne(value);
        if (steps >= MIN_STEPS && steps <= MAX_STEPS) {
            return new Resolution(steps);
        }
        problem(
                Setting.RESOLUTION,
                "must be 1/N as a decimal number, such as 0.0001, 0.01 or 0.05",
                value);
        return Resolution.DEFAULT;
    }

    private @Nullable Path proc() {
        String value = value(Setting.PROC);
        try {
            if (!value.isEmpty()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            // Reported below.
        }
        problem(Setting.PROC, "must be a path", value);
        return null;
    }

    private int whilePid() {
        String value = value(Setting.WHILE_PID);
        if (value.equals(Setting.WHILE_PID.standard())) {
            return AgentConfig.NO_PID;
        }
        int pid = SettingText.number(value);
        if (pid <= 0) {
            problem(Setting.WHILE_PID, "must be a PID or none", value);
        }
        return pid;
    }

    private boolean lastWords() {
        String value = value(Setting.LAST_WORDS);
        if (value.equals("stdin")) {
            return true;
        }
        if (!value.equals(Setting.LAST_WORDS.standard())) {
            problem(Setting.LAST_WORDS, "must be stdin or none", value);
        }
        return false;
    }

    /** Returns null without the setting; then no class of the package application is loaded. */
    private @Nullable ApplicationConfig application() {
        String source = value(Setting.APPLICATION);
        String metrics = value(Setting.APPLICATION_METRICS);
        boolean withSource = !source.equals(Setting.APPLICATION.standard());
        boolean withMetrics = !metrics.equals(Setting.APPLICATION_METRICS.standard());
        if (!withSource && !withMetrics) {
            return null;
        }
        SourceAddress address = null;
        List<Selector> selectors = List.of();
        if (withSource) {
            try {
                address = SourceAddress.parse(source);
            } catch (IllegalArgumentException e) {
                problem(Setting.APPLICATION, String.valueOf(e.getMessage()));
            }
        } else {
            problem(Setting.APPLICATION, "must be set too, found nothing");
        }
        if (withMetrics) {
            List<String> found = new ArrayList<>();
            selectors = SelectorParser.parse(metrics, found);
            for (String text : found) {
                problem(Setting.APPLICATION_METRICS, text);
            }
        } else {
            problem(Setting.APPLICATION_METRICS, "must be set too, found nothing");
        }
        return address == null ? null : new ApplicationConfig(address, selectors);
    }

    private String value(Setting setting) {
        String argument = arguments.get(setting);
        if (argument != null) {
            return argument;
        }
        String variable = environment.getOrDefault(setting.environmentKey(), "");
        return variable.isEmpty()
                ? setting.standard()
                : variable; // manifests unset a variable this way
    }

    private void problem(Setting setting, String rule, String found) {
        problem(setting, rule + ", found " + orNothing(found));
    }

    private static String orNothing(String found) {
        return found.isEmpty() ? "nothing" : found;
    }

    private void problem(Setting setting, String text) {
        problems.add(setting.key() + " (or " + setting.environmentKey() + "): " + text);
    }
}
