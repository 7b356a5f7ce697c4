package dev.enclavemetrics.webhook;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> problems;
    private final Log log;

    SettingReader(Map<Setting, String> flags, Map<String, String> environment, Log log) {
        this.log = log;
        problems = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            String flag = flags.get(setting);
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
            log.warn(name + " is ignored: the webhook has no such setting; see --help");
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

    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return problems;
    }

    /** The text if it has a form, else the default's, with a problem noted if one was given. */
    String matching(Setting setting, Pattern form, String rule) {
        Given value = given.get(setting);
        if (value == null) {
            return setting.defaultText();
        }
        if (form.matcher(value.text()).matches()) {
            return value.text();
        }
        problem(
                value.origin()
                        + " must be "
                        + rule
                        + ", found \""
                        + value.text()
                        + "\"; leave it out for "
                        + setting.defaultText());
        return setting.defaultText();
    }

    boolean isGiven(Setting setting) {
        return given.containsKey(setting);
    }
}
