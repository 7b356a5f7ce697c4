package dev.enclavemetrics.testing;

import dev.enclavemetrics.bootstrap.Setting;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The table of docs/configuration.md that lists a process's settings. */
public final class SettingsTable {

    private SettingsTable() {}

    /** Returns the required text, in Markdown, including the empty line after it. */
    public static String of(Setting... settings) {
        return Arrays.stream(settings)
                .map(
                        setting ->
                                "| `%s=%s` | %s | %s |\n"
                                        .formatted(
                                                setting.flag(),
                                                setting.label().replace("|", "\\|"),
                                                setting.defaultText(),
                                                setting.description()))
                .collect(
                        Collectors.joining(
                                "", "| Setting | Default | Meaning |\n|---|---|---|\n", "\n"));
    }
}
