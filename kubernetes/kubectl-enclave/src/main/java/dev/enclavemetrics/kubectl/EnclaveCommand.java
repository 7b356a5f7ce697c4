package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.process.BadSettingsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line. */
final class EnclaveCommand {

    /**
     * What was typed.
     *
     * @param answer help or version, if one was asked for; else empty
     * @param top what to do, if there is no answer yet
     */
    record Typed(String answer, @Nullable TopArguments top) {}

    private static final String TOP = "top";
    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final int HELP_COLUMNS = 100;

    private final CommandLine line;
    private final String version;

    EnclaveCommand(String version) {
        this.version = version;
        CommandSpec root = withAnswers(CommandSpec.create().name("kubectl enclave"));
        root.usageMessage().description("Shows confidential pods: those with Nitro Enclaves.");
        root.addSubcommand(TOP, withAnswers(TopOptions.spec()));
        line = new CommandLine(root).setExpandAtFiles(false).setUsageHelpWidth(HELP_COLUMNS);
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
     * Reads what was typed.
     *
     * @throws BadSettingsException with all that is wrong with it
     */
    Typed parse(String... arguments) {
        ParseResult root = line.parseArgs(arguments);
        ParseResult top = root.hasSubcommand() ? root.subcommand() : null;
        if (isAsked(HELP, root, top)) {
            return new Typed(help(top != null), null);
        }
        if (isAsked(VERSION, root, top)) {
            return new Typed("kubectl enclave " + version + "\n", null);
        }
        List<String> problems = new ArrayList<>();
        root.errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
        if (top == null) {
            if (problems.isEmpty()) {
                problems.add("kubectl enclave must have a command, found none; it has: " + TOP);
            }
            throw new BadSettingsException(problems);
        }
        top.errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
        TopArguments typed = TopOptions.arguments(top, problems);
        if (!problems.isEmpty()) {
            throw new BadSettingsException(problems);
        }
        return new Typed("", typed);
    }

    private static boolean isAsked(String flag, ParseResult root, @Nullable ParseResult top) {
        return root.hasMatchedOption(flag) || (top != null && top.hasMatchedOption(flag));
    }

    private String help(boolean ofTop) {
        CommandLine asked = ofTop ? line.getSubcommands().getOrDefault(TOP, line) : line;
        return asked.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
