package dev.enclavemetrics.kubectl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** kubectl's flags for the connection to a cluster. They are passed to kubectl as typed. */
final class ConnectionFlags {

    static final String TIMEOUT = "--request-timeout";

    private static final List<String> WITH_VALUE =
            List.of(
                    "--as",
                    "--as-group",
                    "--as-uid",
                    "--as-user-extra",
                    "--cache-dir",
                    "--certificate-authority",
                    "--client-certificate",
                    "--client-key",
                    "--cluster",
                    "--context",
                    "--kubeconfig",
                    "--kuberc",
                    TIMEOUT,
                    "--server",
                    "--tls-server-name",
                    "--token",
                    "--user",
                    "--v");
    private static final List<String> SWITCHES =
            List.of(
                    "--disable-compression",
                    "--insecure-skip-tls-verify",
                    "--match-server-version",
                    "--warnings-as-errors");
    private static final List<String> ALL =
            Stream.of(WITH_VALUE, SWITCHES).flatMap(List::stream).toList();

    private ConnectionFlags() {}

    static void addTo(CommandSpec spec) {
        ALL.forEach(name -> spec.addOption(option(name)));
    }

    private static OptionSpec option(String name) {
        String[] names =
                switch (name) {
                    case "--server" -> new String[] {"-s", name};
                    case "--v" -> new String[] {"-v", name};
                    default -> new String[] {name};
                };
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .hidden(true)
                .build();
    }

    /** Adds a value to each switch without one, since a switch does not take the next argument. */
    static String[] withValues(String... arguments) {
        return Stream.of(arguments)
                .map(argument -> SWITCHES.contains(argument) ? argument + "=true" : argument)
                .toArray(String[]::new);
    }

    /** All names, for help. */
    static String names() {
        return String.join(", ", ALL);
    }

    /** The flags that were typed. */
    static List<String> typed(ParseResult result) {
        List<String> flags = new ArrayList<>();
        for (String name : ALL) {
            List<String> values = result.matchedOptionValue(name, List.of());
            values.forEach(value -> flags.add(name + "=" + value));
        }
        return flags;
    }
}
