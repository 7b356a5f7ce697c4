package dev.enclavemetrics.bootstrap;

import java.util.Locale;

/**
 * A setting: its flag, its environment variable and its text in {@code --help}. Each process has an
 * enum of its settings; flag and variable follow from the name of the constant.
 */
public interface Setting {

    /**
     * The text of a setting in {@code --help}.
     *
     * @param label the placeholder of the value
     * @param defaultText the text of the default
     * @param description what it does, in a sentence
     */
    record Text(String label, String defaultText, String description) {}

    /** The prefix of all environment variables. */
    String ENVIRONMENT_PREFIX = "ENCLAVE_METRICS_";

    /** The name of the enum constant. */
    String name();

    /** Its text in {@code --help}. */
    Text text();

    /** The placeholder of the value in {@code --help}. */
    default String label() {
        return text().label;
    }

    /** The text of the default. */
    default String defaultText() {
        return text().defaultText;
    }

    /** What it does, in a sentence. */
    default String description() {
        return text().description;
    }

    /** Whether the flag alone, without a value, means true. */
    default boolean isSwitch() {
        return false;
    }

    /** The flag, {@code --kebab-case}. */
    default String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The environment variable. */
    default String environmentName() {
        return ENVIRONMENT_PREFIX + name();
    }
}
