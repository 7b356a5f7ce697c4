package dev.enclavemetrics.webhook;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line: the server's options, and the command {@code translate}. Every option is text
 * here and checked by {@link WebhookConfig}, so that all problems come out together.
 */
final class WebhookCommand {

    /**
     * What was typed.
     *
     * @param translate what {@code translate} was given, or null to serve
     * @param problems what picocli found wrong: unknown options, missing or repeated values
     */
    record Arguments(
            Map<Setting, String> values,
            @Nullable Translate translate,
            List<String> problems,
            boolean help,
            boolean version) {

        Arguments {
            values = Map.copyOf(values);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What {@code translate} was given.
     *
     * @param files paths, or {@code -} for the standard input
     */
    record Translate(List<String> files, boolean inPlace, boolean check) {

        Translate {
            files = List.copyOf(files);
        }
    }

    private static final String TRANSLATE = "translate";
    private static final String IN_PLACE = "--in-place";
    private static final String CHECK = "--check";
    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final int HELP_COLUMNS = 100;

    private final CommandLine serve;
    private final CommandLine translate;

    WebhookCommand() {
        CommandSpec spec = CommandSpec.create().name("java -jar webhook.jar");
        spec.usageMessage()
                .description(
                        "Serves admission webhooks that translate labelled HorizontalPodAutoscalers"
                                + " and add the launcher to labelled Pods.")
                .footer(
                        "",
                        "Each option has an environment twin, such as "
                                + Setting.ON_UNTRANSLATABLE.environmentName()
                                + " for "
                                + Setting.ON_UNTRANSLATABLE.flag()
                                + "; the option wins.",
                        "Exit codes: 0 after SIGTERM, 1 for a failure at start, 2 for bad"
                                + " settings.")
                .sortOptions(false);
        for (Setting setting : Setting.values()) {
            spec.addOption(option(setting));
        }
        addCommon(spec);
        CommandSpec translateSpec = translateSpec();
        spec.addSubcommand(TRANSLATE, translateSpec);
        serve = new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(HELP_COLUMNS);
        translate = serve.getSubcommands().getOrDefault(TRANSLATE, serve);
    }

    private static CommandSpec translateSpec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Translates the labelled HorizontalPodAutoscalers in files of YAML or JSON,"
                                + " as the webhook would, and prints them. Whatever need not change"
                                + " stays as it is.")
                .footer(
                        "",
                        "A file with something that cannot be translated is left out, and the exit"
                                + " code is 1. Bad arguments end with 2.")
                .sortOptions(false);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Files to translate; - is the standard input.")
                        .build());
        spec.addOption(flag(IN_PLACE, "Write into the files instead of printing.").build());
        spec.addOption(
                flag(CHECK, "Print nothing, and exit with 1 if something would change.").build());
        spec.addOption(option(Setting.ON_UNTRANSLATABLE));
        addCommon(spec);
        return spec;
    }

    private static void addCommon(CommandSpec spec) {
        spec.parser().collectErrors(true);
        spec.addOption(flag(HELP, "Print this help.").usageHelp(true).build());
        spec.addOption(flag(VERSION, "Print the version.").versionHelp(true).build());
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
        ParseResult result = serve.parseArgs(arguments);
        List<String> problems = new ArrayList<>();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        take(result, values, problems);
        ParseResult sub = result.hasSubcommand() ? result.subcommand() : null;
        if (sub == null) {
            return new Arguments(
                    values,
                    null,
                    problems,
                    result.isUsageHelpRequested(),
                    result.isVersionHelpRequested());
        }
        take(sub, values, problems);
        List<String> files = sub.matchedPositionalValue(0, List.<String>of());
        return new Arguments(
                values,
                new Translate(files, sub.hasMatchedOption(IN_PLACE), sub.hasMatchedOption(CHECK)),
                problems,
                result.isUsageHelpRequested() || sub.isUsageHelpRequested(),
                result.isVersionHelpRequested() || sub.isVersionHelpRequested());
    }

    private static void take(
            ParseResult result, Map<Setting, String> values, List<String> problems) {
        for (Setting setting : Setting.values()) {
            String value = result.matchedOptionValue(setting.flag(), null);
            if (value != null) {
                values.put(setting, value);
            }
        }
        for (Exception error : result.errors()) {
            problems.add(error.getMessage() + "; see " + HELP);
        }
    }

    String help(Arguments arguments) {
        CommandLine line = arguments.translate() == null ? serve : translate;
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
