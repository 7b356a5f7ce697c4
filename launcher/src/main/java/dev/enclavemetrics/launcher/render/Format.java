package dev.enclavemetrics.launcher.render;

import java.util.List;

/** The formats of {@code /metrics}, in order of preference. */
public enum Format {
    JSON("application/json"),
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8");

    /**
     * The format that a client prefers; on a tie, the first here.
     *
     * @param accept the values of all Accept headers
     */
    public static Format preferred(List<String> accept) {
        return AcceptHeader.choose(accept);
    }

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }
}
