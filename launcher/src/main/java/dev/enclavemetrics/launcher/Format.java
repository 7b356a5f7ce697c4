package dev.enclavemetrics.launcher;

/** The formats of {@code /metrics}, the preferred first. */
enum Format {
    JSON("application/json"),
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }
}
