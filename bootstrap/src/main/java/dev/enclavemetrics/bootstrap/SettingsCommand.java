package dev.enclavemetrics.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of a process. Each option is a setting; its text is checked later, so that all
 * problems are reported together.
 */
public final class SettingsCommand<S extends Enum<S> & Setting> {

    /** Starts what the arguments ask for. */
    @FunctionalInterface
    public interface Start<S extends Enum<S> & Setting> {
        void start(Arguments<S> arguments) throws IOException;
    }

    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final int HELP_COLUMNS = 100;

    private final Class<S> type;
    private final Set<S> settings;
    private final CommandSpec spec = CommandSpec.create();

    /**
     * Creates a command for settings.
     *
     * @param settings those that it accepts
     */
    public SettingsCommand(Class<S> type, Set<S> settings, String description) {
        this.type = type;
        this.settings = settings;
        spec.usageMessage().description(description).sortOptions(false);
        spec.parser().collectErrors(true);
        settings.forEach(setting -> spec.addOption(option(setting)));
        spec.addOption(flag(HELP, "Print this help.").usageHelp(true).build());
        spec.addOption(flag(VERSION, "Print the version.").versionHelp(true).build());
    }

    /**
     * The command that starts a process.
     *
     * @param jar the jar's name
     * @param example a setting that shows the environment variables in {@code --help}
     */
    public static <S extends Enum<S> & Setting> SettingsCommand<S> ofProcess(
            String jar, S example, String description) {
        Class<S> type = example.getDeclaringClass();
        SettingsCommand<S> command = new SettingsCommand<>(type, EnumSet.allOf(type), description);
        command.spec.name("java -jar " + jar);
        command.spec
                .usageMessage()
                .footer(
                        "",
                        "Each option has an environment variable, such as "
                                + example.environmentName()
                                + " for "
                                + example.flag()
                                + "; the option takes precedence.",
                        "Exit codes: 0 after SIGTERM, 1 for a failure at start, 2 for invalid"
                                + " settings.");
        return command;
    }

    /** A switch that is not a setting. */
    public static OptionSpec.Builder flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description);
    }

    private static OptionSpec option(Setting setting) {
        return OptionSpec.builder(setting.flag())
                .arity(setting.isSwitch() ? "0..1" : "1")
                .fallbackValue(setting.isSwitch() ? "true" : "") // of the flag alone
                .paramLabel(setting.label())
                .type(String.class)
                .showDefaultValue(Visibility.NEVER)
                .description(setting.description(), "Default: " + setting.defaultText() + ".")
                .build();
    }

    /** The picocli model, for subcommands and further arguments. */
    public CommandSpec spec() {
        return spec;
    }

    /** A picocli command line with the conventions of all processes. */
    public CommandLine commandLine() {
        return new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(HELP_COLUMNS);
    }

    /**
     * Prints the help or the version if the arguments ask for it, else starts the process.
     *
     * @param version the process's name and release
     * @return the exit code; failures are logged
     */
    public int run(
            String[] arguments, String version, PrintStream results, Log log, Start<S> start) {
        Arguments<S> parsed = parse(arguments);
        if (answers(parsed, version, results)) {
            return ServingProcess.OK;
        }
        return ServingProcess.exitCode(
                log,
                () -> {
                    start.start(parsed);
                    return ServingProcess.OK;
                });
    }

    public Arguments<S> parse(String... arguments) {
        return arguments(commandLine().parseArgs(arguments));
    }

    /** The result of parsing this command line. */
    public Arguments<S> arguments(ParseResult result) {
        Map<S, String> values = new EnumMap<>(type);
        for (S setting : settings) {
            String value = result.matchedOptionValue(setting.flag(), null);
            if (value != null) {
                values.put(setting, value);
            }
        }
        List<String> problems = new ArrayList<>();
        for (Exception error : result.errors()) {
            problems.add(error.getMessage() + "; see " + HELP);
        }
        return new Arguments<>(
                values, problems, result.isUsageHelpRequested(), result.isVersionHelpRequested());
    }

    /** Handles {@code --help} and {@code --version}; returns false if neither was given. */
    public boolean answers(Arguments<S> arguments, String version, PrintStream results) {
        if (arguments.help()) {
            results.print(help());
        } else if (arguments.version()) {
            results.println(version);
        }
        results.flush();
        return arguments.help() || arguments.version();
    }

    /** The text of {@code --help}. */
    public String help() {
        return commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
