package dev.enclavemetrics.launcher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line. Every option is text here and checked by {@link LauncherConfig}, so that all
 * problems come out together.
 */
final class LauncherCommand {

    /**
     * What was typed.
     *
     * @param problems what picocli found wrong: unknown options, missing or repeated values
     */
    record Arguments(
            Map<Setting, String> values, List<String> problems, boolean help, boolean version) {

        Arguments {
            values = Map.copyOf(values);
            problems = List.copyOf(problems);
        }
    }

    private static final String HELP = "--help";
    private static final String VERSION = "--version";

    private static final int HELP_COLUMNS = 100;

    private final CommandLine commandLine;

    LauncherCommand() {
        CommandSpec spec = CommandSpec.create().name("java -jar launcher.jar");
        spec.usageMessage()
                .description(
                        "Receives the metrics of an enclave and serves them at"
                                + " http://HOST:59090/metrics, as JSON or for Prometheus.")
                .footer(
                        "",
                        "Each option has an environment twin, such as "
                                + Setting.IDLE_TIMEOUT.environmentName()
                                + " for "
                                + Setting.IDLE_TIMEOUT.flag()
                                + "; the option wins.",
                        "Exit codes: 0 after SIGTERM, 1 for a failure at start, 2 for bad"
                                + " settings.")
                .sortOptions(false);
        spec.parser().collectErrors(true);
        for (Setting setting : Setting.values()) {
            spec.addOption(option(setting));
        }
        spec.addOption(flag(HELP, "Print this help.").usageHelp(true).build());
        spec.addOption(flag(VERSION, "Print the version.").versionHelp(true).build());
        commandLine = new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(HELP_COLUMNS);
    }

    private static OptionSpec option(Setting setting) {
        return OptionSpec.builder(setting.flag())
                .paramLabel(setting.label())
                .type(String.class)
                .showDefaultValue(Visibility.NEVER)
                .description(setting.description(), "Default: " + setting.defaultText() + ".")
                .build();
    }

    private static OptionSpec.Builder flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description);
    }

    Arguments parse(String... arguments) {
        ParseResult result = commandLine.parseArgs(arguments);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = result.matchedOptionValue(setting.flag(), null);
            if (value != null) {
                values.put(setting, value);
            }
        }
        List<String> problems = new ArrayList<>();
        for (Exception error : result.errors()) {
            problems.add(error.getMessage() + "; see " + HELP);
        }
        return new Arguments(
                values, problems, result.isUsageHelpRequested(), result.isVersionHelpRequested());
    }

    String help() {
        return commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
