package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.kubectl.query.Selection;
import dev.enclavemetrics.kubectl.show.DisplayOptions;
import dev.enclavemetrics.kubectl.show.PodOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code top}. They are parsed as text, so that all problems are reported at once.
 */
final class TopOptions {

    private static final String NAMESPACE = "--namespace";
    private static final String ALL_NAMESPACES = "--all-namespaces";
    private static final String SELECTOR = "--selector";
    private static final String OUTPUT = "--output";
    private static final String SORT_BY = "--sort-by";
    private static final String METRICS = "--metrics";
    private static final String NO_HEADERS = "--no-headers";
    private static final String WATCH = "--watch";
    private static final String INTERVAL = "--interval";

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    /** The scrape interval of the metrics server. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(15);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(s|m|h)");

    private TopOptions() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Shows the CPU and memory usage of the enclaves of pods in percent, the age"
                                + " of each value, and the reason if there is none.")
                .footer(
                        "",
                        "These flags are passed to kubectl: " + ConnectionFlags.names() + ".",
                        "Set KUBECTL if kubectl is not on the PATH.",
                        "Exit codes: 0, also after Ctrl-C in a watch; 1 for a failure; 2 for wrong"
                                + " arguments.");
        option(
                spec,
                "NAMESPACE",
                "Namespace; default: the namespace of the context.",
                "-n",
                NAMESPACE);
        EnclaveCommand.flag(spec, "Show the pods of all namespaces.", "-A", ALL_NAMESPACES);
        option(spec, "LABELS", "Label selector, as in kubectl.", "-l", SELECTOR);
        option(spec, "FORMAT", "wide (adds node and window) or json.", "-o", OUTPUT);
        option(spec, "KEY", "cpu or memory, largest first; age, oldest first; or name.", SORT_BY);
        option(
                spec,
                "NAMES",
                "Numbers of the application to show, separated by commas, such as queue_depth.",
                METRICS);
        EnclaveCommand.flag(spec, "Omit the line with the column names.", NO_HEADERS);
        EnclaveCommand.flag(spec, "Repeat until Ctrl-C.", "-w", WATCH);
        option(spec, "DURATION", "Interval of a watch, 1s to 1h; default: 15s.", INTERVAL);
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

    /** Reads the arguments, and adds their problems to the list. */
    static TopArguments arguments(ParseResult top, List<String> problems) {
        String namespace = top.matchedOptionValue(NAMESPACE, null);
        if (namespace != null && !Selection.isNamespace(namespace)) {
            problems.add(NAMESPACE + " must be a DNS label, found \"" + namespace + "\"");
        }
        if (top.hasMatchedOption(INTERVAL) && !top.hasMatchedOption(WATCH)) {
            problems.add(INTERVAL + " must go with " + WATCH + "; leave it out, or add that");
        }
        DisplayOptions display =
                new DisplayOptions(
                        format(top.matchedOptionValue(OUTPUT, null), problems),
                        top.hasMatchedOption(ALL_NAMESPACES),
                        metrics(top.matchedOptionValue(METRICS, null), problems),
                        !top.hasMatchedOption(NO_HEADERS),
                        top.hasMatchedOption(WATCH),
                        interval(top.matchedOptionValue(INTERVAL, null), problems));
        return new TopArguments(
                namespace,
                top.matchedOptionValue(SELECTOR, ""),
                order(top.matchedOptionValue(SORT_BY, null), problems),
                display,
                connectionFlags(top));
    }

    /** A watch needs a timeout; a user can interrupt a single request. */
    private static List<String> connectionFlags(ParseResult top) {
        List<String> flags = new ArrayList<>(ConnectionFlags.typed(top));
        if (top.hasMatchedOption(WATCH) && !top.hasMatchedOption(ConnectionFlags.TIMEOUT)) {
            flags.add(ConnectionFlags.TIMEOUT + "=30s");
        }
        return flags;
    }

    private static DisplayOptions.Format format(@Nullable String text, List<String> problems) {
        if (text == null) {
            return DisplayOptions.Format.TABLE;
        }
        return switch (text) {
            case "wide" -> DisplayOptions.Format.WIDE;
            case "json" -> DisplayOptions.Format.JSON;
            default -> {
                problems.add(
                        OUTPUT
                                + " must be wide or json, found \""
                                + text
                                + "\"; leave it out for a table");
                yield DisplayOptions.Format.TABLE;
            }
        };
    }

    /** Full names; on the command line the prefix may be left out. */
    private static List<String> metrics(@Nullable String text, List<String> problems) {
        Set<String> metrics = new LinkedHashSet<>();
        for (String name : text == null ? new String[0] : text.split(",", -1)) {
            String metric =
                    name.startsWith(ApplicationMetric.PREFIX)
                            ? name
                            : ApplicationMetric.PREFIX + name;
            if (!ApplicationMetric.isMetricName(metric)) {
                problems.add(
                        METRICS
                                + " must be names of metrics, separated by commas, found \""
                                + name
                                + "\"");
            }
            metrics.add(metric);
        }
        if (metrics.size() > ApplicationMetric.MAX_COUNT) {
            problems.add(
                    METRICS
                            + " must be at most "
                            + ApplicationMetric.MAX_COUNT
                            + " names, found "
                            + metrics.size());
        }
        return List.copyOf(metrics);
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
            return DEFAULT_INTERVAL;
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
        return DEFAULT_INTERVAL;
    }
}
