package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Arguments;
import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Translates files, for whoever's Git must hold the final form. */
final class TranslateCommand {

    private static final String STANDARD_INPUT = "-";
    private static final String DOCUMENT_START = "---";
    private static final int MAX_BYTES = 64 << 20;

    private final WebhookCommand.Translate arguments;
    private final OnUntranslatable onUntranslatable;
    private final InputStream input;
    private final PrintStream results;
    private final PrintStream messages;
    private final List<String> printed = new ArrayList<>();

    TranslateCommand(
            WebhookCommand.Translate arguments,
            OnUntranslatable onUntranslatable,
            InputStream input,
            PrintStream results,
            PrintStream messages) {
        this.arguments = arguments;
        this.onUntranslatable = onUntranslatable;
        this.input = input;
        this.results = results;
        this.messages = messages;
    }

    /**
     * Checks what was typed.
     *
     * @throws BadSettingsException with every problem there is
     */
    static TranslateCommand of(
            WebhookCommand.Translate translate,
            Arguments<Setting> typed,
            Webhook.Surroundings surroundings,
            Log log) {
        List<String> problems = problems(translate);
        OnUntranslatable onUntranslatable = OnUntranslatable.REFUSE;
        try {
            onUntranslatable =
                    WebhookConfig.onUntranslatable(typed, surroundings.environment(), log);
        } catch (BadSettingsException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new BadSettingsException(problems);
        }
        return new TranslateCommand(
                translate,
                onUntranslatable,
                surroundings.input(),
                surroundings.results(),
                surroundings.messages());
    }

    /** What is wrong with the arguments together. */
    private static List<String> problems(WebhookCommand.Translate arguments) {
        List<String> problems = new ArrayList<>();
        if (arguments.files().isEmpty()) {
            problems.add(
                    "translate must have a FILE, found none; name one, or - to read from a pipe");
        }
        if (arguments.inPlace() && arguments.check()) {
            problems.add("--in-place and --check must not go together; leave one out");
        }
        if (arguments.inPlace() && arguments.files().contains(STANDARD_INPUT)) {
            problems.add("--in-place must go with files, found -; leave one of them out");
        }
        return problems;
    }

    /** Translates all files, and tells whether that is all well. */
    boolean run() {
        boolean well = true;
        for (String file : arguments.files()) {
            well &= run(file);
        }
        results.flush();
        return well && !results.checkError();
    }

    private boolean run(String file) {
        String text;
        YamlTranslation translation;
        try {
            text = read(file);
            translation = YamlTranslation.of(file, text);
        } catch (IOException | InvalidPathException e) {
            messages.println(file + ": must be a readable file" + why(e));
            return false;
        }
        boolean refused =
                onUntranslatable == OnUntranslatable.REFUSE && !translation.problems().isEmpty();
        translation.warnings().forEach(w -> say("warning", w));
        translation.problems().forEach(p -> say(refused ? "error" : "warning", p));
        if (refused) {
            return false;
        }
        boolean changed = !translation.text().equals(text);
        if (arguments.check()) {
            if (changed) {
                messages.println(file + ": would change; run translate --in-place " + file);
            }
            return !changed;
        }
        if (!arguments.inPlace()) {
            print(translation.text());
            return true;
        }
        return !changed || write(file, translation.text());
    }

    private void say(String level, String message) {
        // The place comes first, as compilers and editors have it.
        int place = message.indexOf(": ");
        messages.println(
                Log.oneLine(
                        message.substring(0, place + 2)
                                + level
                                + ": "
                                + message.substring(place + 2)));
    }

    private String read(String file) throws IOException {
        byte[] bytes;
        if (file.equals(STANDARD_INPUT)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        } else {
            try (InputStream stream = Files.newInputStream(Path.of(file))) {
                bytes = stream.readNBytes(MAX_BYTES + 1);
            }
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String why(Exception e) {
        if (e instanceof NoSuchFileException) {
            return ", found none";
        }
        if (e instanceof CharacterCodingException) {
            return " in UTF-8, found other bytes; convert it";
        }
        return ": " + e.getMessage();
    }

    /** What was several files must still be several documents. */
    private void print(String text) {
        if (!printed.isEmpty()) {
            String before = printed.get(printed.size() - 1);
            results.print(before.isEmpty() || before.endsWith("\n") ? "" : "\n");
            results.print(text.startsWith(DOCUMENT_START) ? "" : DOCUMENT_START + "\n");
        }
        results.print(text);
        printed.add(text);
    }

    private boolean write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text);
            return true;
        } catch (IOException e) {
            messages.println(file + ": must be writable for --in-place: " + e.getMessage());
            return false;
        }
    }
}
