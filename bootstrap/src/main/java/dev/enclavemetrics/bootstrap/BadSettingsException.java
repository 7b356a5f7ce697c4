package dev.enclavemetrics.bootstrap;

import java.util.List;

/** Settings that cannot be served with: all problems, each with its way out. */
public final class BadSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives a serializable one
    private final List<String> problems;

    public BadSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each with its way out. */
    public List<String> problems() {
        return problems;
    }
}
