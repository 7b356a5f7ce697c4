package dev.enclavemetrics.bootstrap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line as manifests write it: each argument {@code --flag=value}, no flag twice, no
 * value that begins with a hyphen, which could be a flag. For a process that counts its memory, as
 * {@link SettingsCommand} loads 150 classes to parse the rest.
 */
public final class PlainArguments {

    private PlainArguments() {}

    /**
     * Parses a plain command line as {@link SettingsCommand#parse} does.
     *
     * @return null for any other command line, valid or not
     */
    public static <S extends Enum<S> & Setting> @Nullable Arguments<S> parse(
            Class<S> type, String... arguments) {
        Map<String, S> settings = new HashMap<>();
        for (S setting : type.getEnumConstants()) {
            settings.put(setting.flag(), setting);
        }
        Map<S, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            S setting = equals < 0 ? null : settings.get(argument.substring(0, equals));
            String value = argument.substring(equals + 1);
            if (setting == null || value.startsWith("-") || values.put(setting, value) != null) {
                return null;
            }
        }
        return new Arguments<>(values, List.of(), false, false);
    }
}
