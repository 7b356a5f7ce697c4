package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.Setting;
import dev.enclavemetrics.bootstrap.SettingReader;
import dev.enclavemetrics.testing.LogLines;
import java.util.List;
import java.util.Map;

/** The settings of a server process. */
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

    /** Reads values as if they were given on a command line. */
    static SettingReader<TestSetting> read(Map<TestSetting, String> values) {
        return new SettingReader<>(
                TestSetting.class,
                "test",
                new Arguments<>(values, List.of(), false, false),
                Map.of(),
                new LogLines().log());
    }
}
