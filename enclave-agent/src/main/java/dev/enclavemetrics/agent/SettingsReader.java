package dev.enclavemetrics.agent;

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
final class SettingsReader {

    private static final int LEAST_INTERVAL_MS = 100;
    private static final int MOST_WINDOW_INTERVALS = 600;
    private static final int MOST_WINDOW_MS = 600_000;
    private static final int MOST_STEPS = 1_000_000;

    // No EnumMap: it calls values() by reflection, which loads the same classes as a lambda.
    private final Map<Setting, String> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader() {}

    /**
     * Reads them.
     *
     * @param arguments {@code key=value} each, with or without {@code --} before; they come before
     *     the environment
     * @throws SettingsException with every problem found
     */
    static AgentConfig read(List<String> arguments, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        for (Setting setting : Setting.values()) {
            String fromEnvironment = environment.get(setting.environmentKey());
            boolean given = fromEnvironment != null && !fromEnvironment.isEmpty();
            reader.values.put(setting, given ? fromEnvironment : setting.standard());
        }
        for (String argument : arguments) {
            reader.take(argument);
        }
        return reader.config();
    }

    private void take(String argument) {
        String pair = argument.startsWith("--") ? argument.substring(2) : argument;
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        for (Setting setting : Setting.values()) {
            if (setting.key().equals(key) && equals >= 0) {
                values.put(setting, pair.substring(equals + 1));
                return;
            }
        }
        problems.add("a setting must be key=value with a key of " + keys() + ", found " + argument);
    }

    private AgentConfig config() {
        Endpoint listen = listen();
        Integer intervalMs =
                duration(Setting.INTERVAL, LEAST_INTERVAL_MS, MetricsFrame.MAX_INTERVAL_MS);
        Integer windowMs = duration(Setting.WINDOW, LEAST_INTERVAL_MS, MOST_WINDOW_MS);
        if (intervalMs != null && windowMs != null) {
            requireWindow(intervalMs, windowMs);
        }
        Integer peerCid = peerCid();
        Resolution resolution = resolution();
        Path proc = proc();
        Integer whilePid = whilePid();
        if (listen == null
                || intervalMs == null
                || windowMs == null
                || peerCid == null
                || resolution == null
                || proc == null
                || whilePid == null
                || !problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new AgentConfig(listen, intervalMs, windowMs, peerCid, resolution, proc, whilePid);
    }

    private @Nullable Endpoint listen() {
        String value = value(Setting.LISTEN);
        try {
            Endpoint endpoint = Endpoint.parse(value);
            if (endpoint instanceof Endpoint.Hybrid) {
                problem(Setting.LISTEN, "must be vsock:any:PORT or unix:PATH", value);
            }
            return endpoint;
        } catch (IllegalArgumentException e) {
            problem(Setting.LISTEN, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Integer duration(Setting setting, int leastMs, int mostMs) {
        String value = value(setting);
        long ms = durationMs(value);
        if (ms >= leastMs && ms <= mostMs) {
            return (int) ms;
        }
        problem(
                setting,
                "must be a time from "
                        + leastMs
                        + "ms to "
                        + mostMs / 1000
                        + "s, written like 500ms, 1s or 2m",
                value);
        return null;
    }

    /** The time in ms, or -1 if the text is none. */
    private static long durationMs(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return -1;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> number;
            case "s" -> number * 1000;
            case "m" -> number * 60_000;
            default -> -1;
        };
    }

    private void requireWindow(int intervalMs, int windowMs) {
        if (windowMs < intervalMs || windowMs > MOST_WINDOW_INTERVALS * intervalMs) {
            problem(
                    Setting.WINDOW,
                    "must be 1 to " + MOST_WINDOW_INTERVALS + " intervals of " + intervalMs + "ms",
                    value(Setting.WINDOW));
        }
    }

    private @Nullable Integer peerCid() {
        String value = value(Setting.PEER_CID);
        if (value.equals("any")) {
            return Endpoint.ANY_CID;
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            problem(Setting.PEER_CID, "must be a whole number or any", value);
            return null;
        }
    }

    private @Nullable Resolution resolution() {
        String value = value(Setting.RESOLUTION);
        try {
            double step = Double.parseDouble(value);
            long steps = Math.round(1 / step);
            if (steps >= 2 && steps <= MOST_STEPS && Math.abs(1 / step - steps) < 1e-6 * steps) {
                return new Resolution((int) steps);
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that both cases deserve.
        }
        problem(Setting.RESOLUTION, "must be 1/N, such as 0.0001, 0.01 or 0.05", value);
        return null;
    }

    private @Nullable Path proc() {
        String value = value(Setting.PROC);
        try {
            if (!value.isEmpty()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            // Falls through to the one message that both cases deserve.
        }
        problem(Setting.PROC, "must be a path", value);
        return null;
    }

    private @Nullable Integer whilePid() {
        String value = value(Setting.WHILE_PID);
        if (value.equals(Setting.WHILE_PID.standard())) {
            return AgentConfig.NO_PID;
        }
        try {
            int pid = Integer.parseInt(value);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that both cases deserve.
        }
        problem(Setting.WHILE_PID, "must be the number of a process or none", value);
        return null;
    }

    private String value(Setting setting) {
        return values.getOrDefault(setting, setting.standard());
    }

    private void problem(Setting setting, String rule, String found) {
        problem(setting, rule + ", found " + (found.isEmpty() ? "nothing" : found));
    }

    private void problem(Setting setting, String text) {
        problems.add(setting.key() + " (or " + setting.environmentKey() + "): " + text);
    }

    private static String keys() {
        StringBuilder keys = new StringBuilder();
        for (Setting setting : Setting.values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(setting.key());
        }
        return keys.toString();
    }
}
