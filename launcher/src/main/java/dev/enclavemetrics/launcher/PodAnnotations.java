package dev.enclavemetrics.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pod's annotations, as the kubelet writes them for a downward API volume: one a line, {@code
 * key="value"}, the value escaped as Go's {@code %q} does (kubernetes, pkg/fieldpath).
 */
final class PodAnnotations {

    private final Map<String, String> values;

    private PodAnnotations(Map<String, String> values) {
        this.values = values;
    }

    static PodAnnotations read(Path file) throws IOException {
        // Not readString: invalid UTF-8 in another program's annotation must not be an error.
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    static PodAnnotations parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), unquote(line.substring(equals + 1).strip()));
            }
        }
        return new PodAnnotations(values);
    }

    @Nullable String get(String key) {
        return values.get(key);
    }

    /** Removes Go's escapes; text without quotes stays unchanged. */
    static String unquote(String quoted) {
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            return quoted;
        }
        String escaped = quoted.substring(1, quoted.length() - 1);
        StringBuilder value = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); ) {
            char c = escaped.charAt(i++);
            if (c != '\\' || i == escaped.length()) {
                value.append(c);
                continue;
            }
            char kind = escaped.charAt(i++);
            int digits = hexDigits(kind);
            if (digits == 0) {
                value.append(single(kind));
            } else {
                int end = Math.min(i + digits, escaped.length());
                value.append(codePoint(escaped.substring(i, end)));
                i = end;
            }
        }
        return value.toString();
    }

    private static int hexDigits(char kind) {
        return switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static String codePoint(String hex) {
        try {
            return Character.toString(Integer.parseUnsignedInt(hex, 16));
        } catch (IllegalArgumentException e) { // no hex, or no code point
            return "\uFFFD";
        }
    }

    private static char single(char kind) {
        return switch (kind) {
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> kind; // backslash and quote stand for themselves
        };
    }
}
