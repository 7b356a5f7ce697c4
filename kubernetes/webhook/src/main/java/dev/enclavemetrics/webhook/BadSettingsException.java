package dev.enclavemetrics.webhook;

import java.util.List;

/** Settings that cannot be served with: all problems, each with its way out. */
final class BadSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives a serializable one
    private final List<String> problems;

    BadSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
