package dev.enclavemetrics.bootstrap;

import java.util.List;

/** Invalid settings: all problems, each with its remedy. */
public final class BadSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives a serializable one
    private final List<String> problems;

    public BadSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, with the remedy. */
    public List<String> problems() {
        return problems;
    }
}
