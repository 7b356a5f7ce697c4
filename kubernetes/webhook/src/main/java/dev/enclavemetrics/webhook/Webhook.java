package dev.enclavemetrics.webhook;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The webhook's process: reads the arguments, and serves or translates. */
public final class Webhook {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_SETTINGS = 2;

    /** What the process has from outside. */
    record Surroundings(
            Map<String, String> environment,
            InputStream input,
            PrintStream results,
            PrintStream messages) {}

    private Webhook() {}

    /** Runs until it has translated, or until a signal ends the process. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: results are files.
        PrintStream results =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Surroundings surroundings =
                new Surroundings(System.getenv(), System.in, results, System.err);
        int code = run(arguments, surroundings);
        if (code != OK) {
            Runtime.getRuntime().halt(code);
        }
    }

    /**
     * Does what the arguments say.
     *
     * @return the exit code
     */
    static int run(String[] arguments, Surroundings surroundings) {
        Log log = new Log(surroundings.messages(), InstantSource.system());
        PrintStream results = surroundings.results();
        WebhookCommand command = new WebhookCommand();
        WebhookCommand.Arguments parsed = command.parse(arguments);
        if (parsed.help()) {
            results.print(command.help(parsed));
            results.flush();
            return OK;
        }
        if (parsed.version()) {
            results.println("webhook " + version());
            results.flush();
            return OK;
        }
        WebhookCommand.Translate translate = parsed.translate();
        try {
            return translate == null
                    ? serve(parsed, surroundings, log)
                    : translate(parsed, translate, surroundings, log);
        } catch (BadSettingsException e) {
            e.problems().forEach(log::error);
            return BAD_SETTINGS;
        }
    }

    private static int translate(
            WebhookCommand.Arguments parsed,
            WebhookCommand.Translate translate,
            Surroundings surroundings,
            Log log) {
        List<String> problems = new ArrayList<>(parsed.problems());
        problems.addAll(TranslateCommand.problems(translate));
        OnUntranslatable onUntranslatable =
                checked(
                        problems,
                        () ->
                                WebhookConfig.onUntranslatable(
                                        parsed.values(), surroundings.environment(), log));
        boolean well =
                new TranslateCommand(
                                translate,
                                onUntranslatable,
                                surroundings.input(),
                                surroundings.results(),
                                surroundings.messages())
                        .run();
        return well ? OK : FAILED;
    }

    private static int serve(WebhookCommand.Arguments parsed, Surroundings surroundings, Log log) {
        WebhookConfig config =
                checked(
                        new ArrayList<>(parsed.problems()),
                        () -> WebhookConfig.from(parsed.values(), surroundings.environment(), log));
        log.error(
                "this build has no server yet, for image "
                        + config.sidecar().image()
                        + "; use translate");
        return FAILED;
    }

    /** What answers reviews, by the settings. */
    static AdmissionReviews reviews(WebhookConfig config, Log log) {
        return new AdmissionReviews(
                new HpaAdmission(config.onUntranslatable()),
                new PodAdmission(config.sidecar()),
                log);
    }

    /** A configuration, or all problems: those that are known and its own. */
    private static <T> T checked(List<String> problems, Supplier<T> settings) {
        try {
            T config = settings.get();
            if (problems.isEmpty()) {
                return config;
            }
        } catch (BadSettingsException e) {
            problems.addAll(e.problems());
        }
        throw new BadSettingsException(problems);
    }

    /** The release, from the jar's manifest. */
    static String version() {
        return Objects.requireNonNullElse(
                Webhook.class.getPackage().getImplementationVersion(), "development");
    }
}
