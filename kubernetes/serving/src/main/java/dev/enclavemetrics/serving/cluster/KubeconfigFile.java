package dev.enclavemetrics.serving.cluster;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.serving.cluster.YamlJson.UnsuitedException;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/**
 * Parses the file of a kubeconfig, with limits on the work that it can cause. No error quotes the
 * file, which may hold secrets.
 */
record KubeconfigFile(Path path) {

    private static final String SYNTAX = "must be YAML, or JSON if it begins with {";
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");

    /** The client decides by the first character whether it is JSON or YAML. */
    Config parse() throws IOException {
        String text = text();
        requireBounded(text);
        Config parsed;
        try {
            parsed = Serialization.unmarshal(text, Config.class);
        } catch (RuntimeException e) {
            throw broken(SYNTAX, where(e));
        }
        if (parsed == null) {
            throw broken(SYNTAX, "nothing");
        }
        requireEntries("contexts", parsed.getContexts());
        requireEntries("clusters", parsed.getClusters());
        requireEntries("users", parsed.getUsers());
        return parsed;
    }

    private String text() throws IOException {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw broken("must be text in UTF-8", "other bytes");
        }
    }

    /** The client parses numbers in quadratic time, and overflows its stack on deep nesting. */
    private void requireBounded(String text) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            YamlDocuments.of(text, settings).getSingleNode().ifPresent(YamlJson::of);
        } catch (UnsuitedException e) {
            throw new IOException(
                    "the kubeconfig " + path + ' ' + Log.oneLine(String.valueOf(e.getMessage())));
        } catch (
                MarkedYamlEngineException
                        e) { // its message quotes the file, which may hold secrets
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw broken(SYNTAX, "in line " + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw broken(SYNTAX, where(e));
        }
    }

    private void requireEntries(String field, @Nullable List<?> entries) throws IOException {
        if (entries != null && entries.contains(null)) {
            throw broken("must have no empty entry in " + field, "one");
        }
    }

    /**
     * The beginning of a parser's message and the line; the rest may quote the file, and a secret.
     */
    static String where(RuntimeException failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof JacksonException json && json.getLocation() != null) {
            String words =
                    json.getOriginalMessage().split("[('\"]", 2)[0].strip(); // before it quotes
            int line = json.getLocation().getLineNr(); // only known for JSON
            return line > 0 ? "in line " + line + ": " + words : words;
        }
        String message = String.valueOf(cause.getMessage());
        Matcher line = LINE.matcher(message);
        String words = message.lines().findFirst().orElse("");
        return (line.find() ? "in line " + line.group(1) + ": " : "") + words;
    }

    /** The error that names the file and the remedy. */
    IOException broken(String rule, @Nullable String found) {
        return new IOException(
                "the kubeconfig "
                        + path
                        + ' '
                        + rule
                        + ", found "
                        + Log.oneLine(String.valueOf(found))
                        + "; correct it, or name another with --kubeconfig");
    }
}
