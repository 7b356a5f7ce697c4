package dev.enclavemetrics.bootstrap;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings from flags and environment, and collects all problems. Flags take precedence. */
public final class SettingReader<S extends Enum<S> & Setting> {

    /** The text of a setting, and its origin: the flag or environment variable to correct. */
    public record Given(String text, String origin) {}

    /**
     * What the kubelet injects for a Service with our prefix, such as {@code tcp://10.0.0.1:59090}.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    /** The names of the other variables that the kubelet injects for a Service. */
    private static final Pattern SERVICE_VARIABLE =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_.*)?)");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<S, Given> given;
    private final Set<String> names;
    private final String process;
    private final List<String> problems;
    private final Log log;

    /**
     * Reads all settings of a process.
     *
     * @param process its name in messages, such as launcher
     */
    public SettingReader(
            Class<S> type,
            String process,
            Arguments<S> arguments,
            Map<String, String> environment,
            Log log) {
        this.process = process;
        this.log = log;
        given = new EnumMap<>(type);
        S[] settings = type.getEnumConstants();
        names = Arrays.stream(settings).map(S::environmentName).collect(Collectors.toSet());
        problems = new ArrayList<>(arguments.problems());
        for (S setting : settings) {
            String flag = arguments.values().get(setting);
            if (flag != null) {
                given.put(setting, new Given(flag, setting.flag()));
            } else {
                takeEnvironment(setting, environment.get(setting.environmentName()));
            }
        }
        environment.keySet().stream().sorted().forEach(this::warnOfUnknown);
    }

    /** Only a warning: other programs in the pod may use variables with this prefix too. */
    private void warnOfUnknown(String name) {
        if (name.startsWith(Setting.ENVIRONMENT_PREFIX)
                && !SERVICE_VARIABLE.matcher(name).matches()
                && !names.contains(name)) {
            log.warn(name + " is ignored: the " + process + " has no such setting; see --help");
        }
    }

    private void takeEnvironment(S setting, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return; // an empty variable is how manifests unset one
        }
        String name = setting.environmentName();
        if (SERVICE_LINK.matcher(text).matches()) {
            log.warn(
                    name
                            + "="
                            + text
                            + " is ignored: Kubernetes sets it for a Service of that name; to"
                            + " avoid this, set enableServiceLinks: false in the pod");
            return;
        }
        given.put(setting, new Given(text, name));
    }

    /** The value that was given, or null. */
    public @Nullable Given get(S setting) {
        return given.get(setting);
    }

    /** Adds a problem. */
    public void problem(String problem) {
        problems.add(problem);
    }

    /** All problems so far. */
    public List<String> problems() {
        return problems;
    }

    /** A whole number in a range, else the default, with a problem noted if one was given. */
    public int number(S setting, int min, int max, int defaultValue) {
        Given value = get(setting);
        if (value == null) {
            return defaultValue;
        }
        int number = wholeNumber(value.text());
        if (number >= min && number <= max) {
            return number;
        }
        refuse(setting, value, "must be a whole number from " + min + " to " + max);
        return defaultValue;
    }

    /** A duration in a range, else the default, with a problem noted if one was given. */
    public Duration duration(S setting, Duration min, Duration max, Duration defaultValue) {
        Given value = get(setting);
        if (value == null) {
            return defaultValue;
        }
        Duration duration = duration(value.text());
        if (duration != null && duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
            return duration;
        }
        String range = "from " + text(min) + " to " + text(max);
        refuse(setting, value, "must be a duration such as 500ms, 30s or 2m, " + range);
        return defaultValue;
    }

    /** The path of a readable file, or null with a problem noted if one was given. */
    public @Nullable Path file(S setting) {
        Given value = get(setting);
        if (value == null) {
            return null;
        }
        try {
            Path file = Path.of(value.text());
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        refuse(setting, value, "must name a readable file", "correct it, or ");
        return null;
    }

    /** True or false, else the default, with a problem noted if something was given. */
    public boolean flag(S setting, boolean defaultValue) {
        Given value = get(setting);
        if (value == null) {
            return defaultValue;
        }
        boolean flag = value.text().equals("true");
        if (flag || value.text().equals("false")) {
            return flag;
        }
        refuse(setting, value, "must be true or false");
        return defaultValue;
    }

    /**
     * The text if it matches, else the default, with a problem noted if one was given.
     *
     * @param what the form in words
     */
    public String matching(S setting, Pattern form, String what) {
        Given value = get(setting);
        if (value == null) {
            return setting.defaultText();
        }
        if (form.matcher(value.text()).matches()) {
            return value.text();
        }
        refuse(setting, value, "must be " + what);
        return setting.defaultText();
    }

    /** Adds the problem that a setting needs another one, which was not given. */
    public void needs(S setting, S other, String remedy) {
        problem(setting.flag() + " must go with " + other.flag() + ", found none; " + remedy);
    }

    /** Adds the problem that two settings exclude each other, if both were given. */
    public void notTogether(S setting, S other) {
        Given one = get(setting);
        Given two = get(other);
        if (one != null && two != null) {
            problem(
                    one.origin()
                            + " and "
                            + two.origin()
                            + " must not be given together, found both; remove one");
        }
    }

    /** Adds the problem that a value breaks a rule; the remedy is to leave it out. */
    public void refuse(S setting, Given value, String rule) {
        refuse(setting, value, rule, "");
    }

    /**
     * Adds the problem that a value breaks a rule.
     *
     * @param rule what must hold
     * @param rest what follows the quoted value, with its punctuation: details, if any, and the
     *     remedy
     */
    public void refuse(Given value, String rule, String rest) {
        problem(value.origin() + " " + rule + ", found \"" + value.text() + "\"" + rest);
    }

    private void refuse(S setting, Given value, String rule, String otherWay) {
        refuse(value, rule, "; " + otherWay + "leave it out for " + setting.defaultText());
    }

    /** The number, or -1 if the text is not one: no setting takes a negative number. */
    public static int wholeNumber(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1; // parseInt would take a sign, and digits of other scripts
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1; // too large
        }
    }

    /** A duration in the largest unit that gives a whole number. */
    private static String text(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.isZero() || duration.toSecondsPart() != 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutesPart() != 0
                ? duration.toMinutes() + "m"
                : duration.toHours() + "h";
    }

    private static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
