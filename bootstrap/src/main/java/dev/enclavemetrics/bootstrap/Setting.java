package dev.enclavemetrics.bootstrap;

import java.util.Locale;

/**
 * A setting, once: its flag, its environment twin and its words in {@code --help}. Each process has
 * an enum of its own; the constants' names make both spellings.
 */
public interface Setting {

    /** What all environment twins begin with. */
    String ENVIRONMENT_PREFIX = "ENCLAVE_METRICS_";

    /** The enum constant's. */
    String name();

    /** What stands for the value in {@code --help}. */
    String label();

    /** What holds where nothing is given, in words. */
    String defaultText();

    /** What it is for, in a sentence. */
    String description();

    /** Whether the flag alone, without a value, means true. */
    default boolean isSwitch() {
        return false;
    }

    /** As typed: {@code --kebab-case}. */
    default String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The variable that is the same. */
    default String environmentName() {
        return ENVIRONMENT_PREFIX + name();
    }
}
