package dev.enclavemetrics.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings from flags and environment, and gathers what is wrong with them. */
final class SettingReader {

    /** A setting's text, and where it stands: the flag or the variable to correct. */
    record Given(String text, String origin) {}

    /** What kubelet injects for a Service of our name, such as {@code tcp://10.0.0.1:59090}. */
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    /** The names of the other variables that kubelet injects for a Service. */
    private static final Pattern SERVICE_VARIABLE =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_.*)?)");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> problems;
    private final Log log;

    SettingReader(LauncherCommand.Arguments arguments, Map<String, String> environment, Log log) {
        this.log = log;
        problems = new ArrayList<>(arguments.problems());
        for (Setting setting : Setting.values()) {
            String flag = arguments.values().get(setting);
            if (flag != null) {
                given.put(setting, new Given(flag, setting.flag()));
            } else {
                takeEnvironment(setting, environment.get(setting.environmentName()));
            }
        }
        environment.keySet().stream().sorted().forEach(this::warnOfUnknown);
    }

    /** Only a warning: other programs of the pod may have variables of this prefix too. */
    private void warnOfUnknown(String name) {
        if (name.startsWith(Setting.ENVIRONMENT_PREFIX)
                && !SERVICE_VARIABLE.matcher(name).matches()
                && !Setting.isEnvironmentName(name)) {
            log.warn(name + " is ignored: the launcher has no such setting; see --help");
        }
    }

    private void takeEnvironment(Setting setting, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return; // an empty variable is how manifests unset one
        }
        String name = setting.environmentName();
        if (SERVICE_LINK.matcher(text).matches()) {
            log.warn(
                    name
                            + "="
                            + text
                            + " is ignored: Kubernetes sets it for a Service of that name; set"
                            + " enableServiceLinks: false in the pod to be rid of it");
            return;
        }
        given.put(setting, new Given(text, name));
    }

    @Nullable Given get(Setting setting) {
        return given.get(setting);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return problems;
    }

    /** A whole number in a range, else the default, with a problem noted if one was given. */
    int number(Setting setting, int least, int most, int otherwise) {
        Given value = get(setting);
        if (value == null) {
            return otherwise;
        }
        int number = wholeNumber(value.text());
        if (number >= least && number <= most) {
            return number;
        }
        problem(
                value.origin()
                        + " must be a whole number from "
                        + least
                        + " to "
                        + most
                        + ", found \""
                        + value.text()
                        + "\"; leave it out for "
                        + setting.defaultText());
        return otherwise;
    }

    Duration duration(Setting setting, Duration least, Duration most, Duration otherwise) {
        Given value = get(setting);
        if (value == null) {
            return otherwise;
        }
        Duration duration = duration(value.text());
        if (duration != null && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
            return duration;
        }
        problem(
                value.origin()
                        + " must be a duration such as 500ms, 30s or 2m, from "
                        + least.toMillis()
                        + "ms to "
                        + most.toHours()
                        + "h, found \""
                        + value.text()
                        + "\"; leave it out for "
                        + setting.defaultText());
        return otherwise;
    }

    /** The number, or -1 for what is none: no setting takes a negative one. */
    static int wholeNumber(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1; // parseInt would take a sign, and digits of other scripts
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1; // too large
        }
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
