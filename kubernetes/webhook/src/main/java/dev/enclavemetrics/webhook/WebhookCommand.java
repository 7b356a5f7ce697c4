package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.SettingsCommand;
import dev.enclavemetrics.webhook.translate.TranslateCommand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line: the server's settings, and the command {@code translate}. */
final class WebhookCommand {

    /**
     * The parsed command line.
     *
     * @param translate the options of {@code translate}, or null to serve
     */
    record Typed(Arguments<Setting> arguments, TranslateCommand.@Nullable Options translate) {}

    private static final String TRANSLATE = "translate";
    private static final String IN_PLACE = "--in-place";
    private static final String CHECK = "--check";

    private final SettingsCommand<Setting> serve =
            SettingsCommand.ofProcess(
                    "webhook.jar",
                    Setting.ON_UNTRANSLATABLE,
                    "Serves admission webhooks that translate labelled HorizontalPodAutoscalers"
                            + " and add the launcher to labelled Pods.");
    private final SettingsCommand<Setting> translate =
            new SettingsCommand<>(
                    Setting.class,
                    EnumSet.of(Setting.ON_UNTRANSLATABLE),
                    "Translates the labelled HorizontalPodAutoscalers in files of YAML or JSON,"
                            + " as the webhook would, and prints them. Everything else in the"
                            + " files stays unchanged.");
    private final CommandLine line;

    WebhookCommand() {
        CommandSpec spec = translate.spec();
        spec.usageMessage()
                .footer(
                        "",
                        "A file with an HPA that cannot be translated is not printed, and the exit"
                                + " code is 1. It is 2 if the arguments are wrong.");
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Files to translate; - is standard input.")
                        .build());
        spec.addOption(
                SettingsCommand.flag(IN_PLACE, "Write into the files instead of printing.")
                        .build());
        spec.addOption(
                SettingsCommand.flag(
                                CHECK, "Print nothing, and exit with 1 if something would change.")
                        .build());
        serve.spec().addSubcommand(TRANSLATE, spec);
        line = serve.commandLine();
    }

    Typed parse(String... arguments) {
        ParseResult result = line.parseArgs(arguments);
        Arguments<Setting> typed = serve.arguments(result);
        ParseResult sub = result.hasSubcommand() ? result.subcommand() : null;
        if (sub == null) {
            return new Typed(typed, null);
        }
        List<String> files = sub.matchedPositionalValue(0, List.<String>of());
        return new Typed(
                together(typed, translate.arguments(sub)),
                new TranslateCommand.Options(
                        files, sub.hasMatchedOption(IN_PLACE), sub.hasMatchedOption(CHECK)));
    }

    /** The settings before the command's name, and those after it. */
    private static Arguments<Setting> together(
            Arguments<Setting> first, Arguments<Setting> second) {
        Map<Setting, String> values = new TreeMap<>(first.values());
        values.putAll(second.values());
        List<String> problems = new ArrayList<>(first.problems());
        problems.addAll(second.problems());
        return new Arguments<>(
                values,
                problems,
                first.help() || second.help(),
                first.version() || second.version());
    }

    String help(Typed typed) {
        CommandLine asked =
                typed.translate() == null
                        ? line
                        : line.getSubcommands().getOrDefault(TRANSLATE, line);
        return asked.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
