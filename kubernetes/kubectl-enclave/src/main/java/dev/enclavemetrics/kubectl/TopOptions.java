package dev.enclavemetrics.kubectl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code top}. All are text at first, so that all problems are told at once. */
final class TopOptions {

    private static final String NAMESPACE = "--namespace";
    private static final String EVERYWHERE = "--all-namespaces";
    private static final String SELECTOR = "--selector";
    private static final String OUTPUT = "--output";
    private static final String SORT_BY = "--sort-by";
    private static final String NO_HEADERS = "--no-headers";
    private static final String WATCH = "--watch";
    private static final String INTERVAL = "--interval";

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    /** As often as the metrics server asks the launchers. */
    private static final Duration INTERVAL_BY_DEFAULT = Duration.ofSeconds(15);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(s|m|h)");

    private TopOptions() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Shows what the enclaves of pods use, in percent of their CPUs and memory,"
                                + " how old that is, and where there is no value, why.")
                .footer(
                        "",
                        "kubectl's own flags are passed on to it: " + ConnectionFlags.names() + ".",
                        "KUBECTL names a kubectl that is not on the PATH.",
                        "Exit codes: 0, also after Ctrl-C in a watch; 1 for a failure; 2 for bad"
                                + " arguments.");
        option(spec, "NAMESPACE", "The context's by default.", "-n", NAMESPACE);
        EnclaveCommand.flag(spec, "Pods of all namespaces.", "-A", EVERYWHERE);
        option(spec, "LABELS", "Only pods with these labels, as in kubectl.", "-l", SELECTOR);
        option(spec, "FORMAT", "wide, with node and window, or json.", "-o", OUTPUT);
        option(
                spec,
                "KEY",
                "cpu or memory, the most first; age, the oldest first; or name.",
                SORT_BY);
        EnclaveCommand.flag(spec, "No line with the columns' names.", NO_HEADERS);
        EnclaveCommand.flag(spec, "Again and again, until Ctrl-C.", "-w", WATCH);
        option(spec, "DURATION", "Of a watch, 1s to 1h. Default: 15s.", INTERVAL);
        ConnectionFlags.addTo(spec);
        return spec;
    }

    private static void option(
            CommandSpec spec, String label, String description, String... names) {
        spec.addOption(
                OptionSpec.builder(names)
                        .type(String.class)
                        .paramLabel(label)
                        .description(description)
                        .build());
    }

    /** What was typed; what is wrong with it is added to the problems. */
    static TopArguments arguments(ParseResult top, List<String> problems) {
        String namespace = top.matchedOptionValue(NAMESPACE, null);
        if (namespace != null && !Selection.isNamespace(namespace)) {
            problems.add(NAMESPACE + " must be a DNS label, found \"" + namespace + "\"");
        }
        if (top.hasMatchedOption(INTERVAL) && !top.hasMatchedOption(WATCH)) {
            problems.add(INTERVAL + " must go with " + WATCH + "; leave it out, or add that");
        }
        return new TopArguments(
                namespace,
                top.hasMatchedOption(EVERYWHERE),
                top.matchedOptionValue(SELECTOR, ""),
                output(top.matchedOptionValue(OUTPUT, null), problems),
                order(top.matchedOptionValue(SORT_BY, null), problems),
                !top.hasMatchedOption(NO_HEADERS),
                top.hasMatchedOption(WATCH),
                interval(top.matchedOptionValue(INTERVAL, null), problems),
                connectionFlags(top));
    }

    /** A watch must notice that nobody answers, where one look is ended by whoever waits for it. */
    private static List<String> connectionFlags(ParseResult top) {
        List<String> flags = new ArrayList<>(ConnectionFlags.typed(top));
        if (top.hasMatchedOption(WATCH) && !top.hasMatchedOption(ConnectionFlags.TIMEOUT)) {
            flags.add(ConnectionFlags.TIMEOUT + "=30s");
        }
        return flags;
    }

    private static TopArguments.Output output(@Nullable String text, List<String> problems) {
        if (text == null) {
            return TopArguments.Output.TABLE;
        }
        return switch (text) {
            case "wide" -> TopArguments.Output.WIDE;
            case "json" -> TopArguments.Output.JSON;
            default -> {
                problems.add(
                        OUTPUT
                                + " must be wide or json, found \""
                                + text
                                + "\"; leave it out for a table");
                yield TopArguments.Output.TABLE;
            }
        };
    }

    private static @Nullable PodOrder order(@Nullable String text, List<String> problems) {
        if (text == null) {
            return null;
        }
        for (PodOrder order : PodOrder.values()) {
            if (order.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return order;
            }
        }
        problems.add(
                SORT_BY
                        + " must be one of "
                        + Arrays.toString(PodOrder.values())
                        + ", found \""
                        + text
                        + "\"");
        return null;
    }

    private static Duration interval(@Nullable String text, List<String> problems) {
        if (text == null) {
            return INTERVAL_BY_DEFAULT;
        }
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            Duration interval =
                    Duration.parse(
                            "PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
            if (interval.compareTo(MIN_INTERVAL) >= 0 && interval.compareTo(MAX_INTERVAL) <= 0) {
                return interval;
            }
        }
        problems.add(INTERVAL + " must be from 1s to 1h, found \"" + text + "\"");
        return INTERVAL_BY_DEFAULT;
    }
}
