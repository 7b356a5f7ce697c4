package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Setting;

/** The settings of a process that serves. */
enum TestSetting implements Setting {
    TLS_CERT_FILE,
    TLS_KEY_FILE,
    TLS_SECRET,
    TLS_NAMES,
    NAMESPACE,
    TLS_MIN_VERSION;

    @Override
    public Text text() {
        return new Text("TEXT", "none", name());
    }
}
