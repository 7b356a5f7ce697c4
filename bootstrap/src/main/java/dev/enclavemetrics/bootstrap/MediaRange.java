package dev.enclavemetrics.bootstrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A media range of an Accept header (RFC 9110, 12.5.1).
 *
 * @param type in lower case, such as {@code text/plain} or {@code text/*}
 * @param parameters without the quality; names in lower case, values without quotes
 * @param quality from 0, not acceptable, to 1
 */
public record MediaRange(String type, Map<String, String> parameters, double quality) {

    /** The rest is ignored; real clients send 5 to 10 ranges of at most 3 parts. */
    static final int MAX_RANGES = 64;

    static final int MAX_PARTS = 16;

    private static final double MALFORMED = -1;
    private static final Pattern QUALITY = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

    public MediaRange {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The ranges in their order. One with a malformed quality is left out.
     *
     * @param headers the values of all Accept lines
     */
    public static List<MediaRange> parse(List<String> headers) {
        List<MediaRange> ranges = new ArrayList<>();
        int left = MAX_RANGES;
        for (String header : headers) {
            for (String text : split(header, ',', left)) {
                left--;
                MediaRange range = range(text);
                if (range.quality >= 0) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    /** The value of a parameter, or empty. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static MediaRange range(String text) {
        List<String> parts = split(text, ';', MAX_PARTS);
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            String value = part.substring(equals + 1).strip().replace("\"", "");
            if (name.equals("q")) {
                quality = QUALITY.matcher(value).matches() ? Double.parseDouble(value) : MALFORMED;
            } else {
                parameters.put(name, value);
            }
        }
        return new MediaRange(parts.get(0).strip().toLowerCase(Locale.ROOT), parameters, quality);
    }

    /** The first parts, split outside of quotes. */
    private static List<String> split(String text, char separator, int max) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length() && parts.size() < max; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (parts.size() < max) {
            parts.add(text.substring(Math.min(start, text.length())));
        }
        return parts;
    }
}
