package dev.enclavemetrics.bootstrap;

import java.util.List;
import java.util.Map;

/**
 * A parsed command line.
 *
 * @param values the text of each setting given by its flag
 * @param problems what is wrong with the command line itself: unknown options, missing or repeated
 *     values
 * @param help whether {@code --help} was given
 * @param version whether {@code --version} was given
 */
public record Arguments<S extends Enum<S> & Setting>(
        Map<S, String> values, List<String> problems, boolean help, boolean version) {

    public Arguments {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }
}
