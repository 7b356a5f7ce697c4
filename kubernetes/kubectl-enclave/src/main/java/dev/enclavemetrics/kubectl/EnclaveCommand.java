package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line. */
final class EnclaveCommand {

    /**
     * The parsed command line.
     *
     * @param answer the text of --help or --version, or empty
     * @param top the arguments of {@code top}, if there is no answer
     */
    record Typed(String answer, @Nullable TopArguments top) {}

    private static final String TOP = "top";
    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final int HELP_COLUMNS = 100;

    private final CommandLine line;
    private final CommandLine help;
    private final String version;

    EnclaveCommand(String version) {
        this.version = version;
        // Not a subcommand of picocli: as in kubectl, flags may come before the command.
        CommandSpec all = withAnswers(TopOptions.spec());
        all.addPositional(
                PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build());
        line = new CommandLine(all).setExpandAtFiles(false);
        CommandSpec root = withAnswers(CommandSpec.create().name("kubectl enclave"));
        root.usageMessage().description("Shows confidential pods: those with Nitro Enclaves.");
        root.addSubcommand(TOP, withAnswers(TopOptions.spec()));
        help = new CommandLine(root).setUsageHelpWidth(HELP_COLUMNS);
    }

    private static CommandSpec withAnswers(CommandSpec spec) {
        spec.usageMessage().sortOptions(false);
        spec.parser().collectErrors(true);
        flag(spec, "Print this help.", "-h", HELP);
        flag(spec, "Print the version.", VERSION);
        return spec;
    }

    static void flag(CommandSpec spec, String description, String... names) {
        spec.addOption(
                OptionSpec.builder(names).type(boolean.class).description(description).build());
    }

    /**
     * Parses the command line.
     *
     * @throws BadSettingsException with all problems
     */
    Typed parse(String... given) {
        ParseResult typed = line.parseArgs(ConnectionFlags.withValues(given));
        List<String> words = typed.matchedPositionalValue(0, List.of());
        boolean top = !words.isEmpty() && words.get(0).equals(TOP);
        if (typed.hasMatchedOption(HELP)) {
            return new Typed(help(top), null);
        }
        if (typed.hasMatchedOption(VERSION)) {
            return new Typed("kubectl enclave " + version + "\n", null);
        }
        List<String> problems = new ArrayList<>();
        typed.errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
        if (words.isEmpty() && problems.isEmpty()) {
            problems.add("kubectl enclave must have a command, found none; it has: " + TOP);
        }
        for (String word : words.subList(top ? 1 : 0, words.size())) {
            problems.add(
                    "kubectl enclave must have no argument other than the command "
                            + TOP
                            + ", found \""
                            + word
                            + '"');
        }
        TopArguments arguments = TopOptions.arguments(typed, problems);
        if (!problems.isEmpty()) {
            throw new BadSettingsException(problems);
        }
        return new Typed("", arguments);
    }

    private String help(boolean ofTop) {
        CommandLine asked = ofTop ? help.getSubcommands().getOrDefault(TOP, help) : help;
        return asked.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
