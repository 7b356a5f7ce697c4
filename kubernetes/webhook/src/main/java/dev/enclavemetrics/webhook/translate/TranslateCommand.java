package dev.enclavemetrics.webhook.translate;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.webhook.hpa.OnUntranslatable;
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

/** Translates files, for users who keep the translated HPAs in Git. */
public final class TranslateCommand {

    private static final String STANDARD_INPUT = "-";
    private static final String DOCUMENT_START = "---";
    private static final int MAX_BYTES = 64 << 20;

    /**
     * The arguments of the command.
     *
     * @param files paths, or {@code -} for the standard input
     */
    public record Options(List<String> files, boolean inPlace, boolean check) {

        public Options {
            files = List.copyOf(files);
        }

        /** The problems of the options. */
        public List<String> problems() {
            List<String> problems = new ArrayList<>();
            if (files.isEmpty()) {
                problems.add(
                        "translate must have a FILE, found none; name one, or - to read from a"
                                + " pipe");
            }
            if (inPlace && check) {
                problems.add("--in-place and --check must not be given together; remove one");
            }
            if (inPlace && files.contains(STANDARD_INPUT)) {
                problems.add("--in-place must go with files, found -; remove one of them");
            }
            return problems;
        }
    }

    private final Options options;
    private final OnUntranslatable onUntranslatable;
    private final InputStream input;
    private final PrintStream results;
    private final PrintStream messages;
    private final List<String> printed = new ArrayList<>();

    public TranslateCommand(
            Options options,
            OnUntranslatable onUntranslatable,
            InputStream input,
            PrintStream results,
            PrintStream messages) {
        this.options = options;
        this.onUntranslatable = onUntranslatable;
        this.input = input;
        this.results = results;
        this.messages = messages;
    }

    /**
     * Translates all files.
     *
     * @return whether all succeeded, and with {@code --check}, whether none would change
     */
    public boolean run() {
        boolean ok = true;
        for (String file : options.files()) {
            ok &= run(file);
        }
        results.flush();
        return ok && !results.checkError();
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
        translation.warnings().forEach(w -> print("warning", w));
        translation.problems().forEach(p -> print(refused ? "error" : "warning", p));
        if (refused) {
            return false;
        }
        boolean changed = !translation.text().equals(text);
        if (options.check()) {
            if (changed) {
                messages.println(file + ": would change; run translate --in-place " + file);
            }
            return !changed;
        }
        if (!options.inPlace()) {
            print(translation.text());
            return true;
        }
        return !changed || write(file, translation.text());
    }

    private void print(String level, String message) {
        // The position comes first, as in compiler messages.
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

    /** Several files are printed as several documents. */
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
