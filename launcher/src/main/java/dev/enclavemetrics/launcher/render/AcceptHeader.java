package dev.enclavemetrics.launcher.render;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the format that a client prefers (RFC 9110, 12.5.1). What cannot be parsed is ignored,
 * and if nothing is left the format is JSON: a drop-in replacement must not refuse a request.
 */
final class AcceptHeader {

    /** The most specific range decides: type with version, type, group, anything. */
    private record Range(String type, String version, double quality) {

        /** How specifically this range matches, or 0 if it does not match. */
        int fit(Format format) {
            Form form = FORMS.get(format);
            if (form == null) {
                return 0;
            }
            if (type.equals("*/*")) {
                return 1;
            }
            if (type.equals(form.group())) {
                return 2;
            }
            if (!type.equals(form.type())) {
                return 0;
            }
            if (version.isEmpty()) {
                return 3;
            }
            return form.versions().contains(version) ? 4 : 0;
        }
    }

    /** How a format is named in the header; other versions do not match. */
    private record Form(String type, String group, Set<String> versions) {}

    private static final Map<Format, Form> FORMS =
            new EnumMap<>(
                    Map.of(
                            Format.JSON,
                            new Form("application/json", "application/*", Set.of()),
                            Format.OPENMETRICS,
                            new Form(
                                    "application/openmetrics-text",
                                    "application/*",
                                    Set.of("0.0.1", "1.0.0")),
                            Format.PROMETHEUS,
                            new Form("text/plain", "text/*", Set.of("0.0.4", "1.0.0"))));

    /** The rest is ignored; real clients send 5 to 10 ranges of at most 3 parts. */
    static final int MAX_RANGES = 64;

    static final int MAX_PARTS = 16;

    private AcceptHeader() {}

    /**
     * The preferred format; of equals the first in {@link Format}'s order.
     *
     * @param headers the values of all Accept lines
     */
    static Format choose(List<String> headers) {
        List<Range> ranges = new ArrayList<>();
        for (String header : headers) {
            for (String range : split(header, ',', MAX_RANGES - ranges.size())) {
                add(ranges, range);
            }
        }
        Format best = Format.JSON;
        double bestQuality = 0;
        for (Format format : Format.values()) {
            double quality = quality(format, ranges);
            if (quality > bestQuality) {
                best = format;
                bestQuality = quality;
            }
        }
        return best;
    }

    private static double quality(Format format, List<Range> ranges) {
        int bestFit = 0;
        double quality = 0;
        for (Range range : ranges) {
            int fit = range.fit(format);
            if (fit > bestFit || (fit == bestFit && fit > 0 && range.quality() > quality)) {
                bestFit = fit;
                quality = range.quality();
            }
        }
        return quality;
    }

    private static void add(List<Range> ranges, String text) {
        List<String> parts = split(text, ';', MAX_PARTS);
        String type = parts.get(0).strip().toLowerCase(Locale.ROOT);
        String version = "";
        double quality = 1;
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            String value = part.substring(equals + 1).strip();
            if (name.equals("q")) {
                quality = quality(value);
            } else if (name.equals("version")) {
                version = value.replace("\"", "");
            }
        }
        if (quality >= 0) {
            ranges.add(new Range(type, version, quality));
        }
    }

    /** A weight from 0 to 1, or -1 if it is malformed. */
    private static double quality(String text) {
        if (!text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
            return -1;
        }
        return Double.parseDouble(text);
    }

    /** The first parts, split outside of quotes. */
    private static List<String> split(String text, char separator, int max) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
            } else if (c == separator && !quoted) {
                if (parts.size() == max) {
                    return parts;
                }
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
