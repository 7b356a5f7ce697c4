package dev.enclavemetrics.launcher.render;

import dev.enclavemetrics.bootstrap.MediaRange;
import java.util.List;
import java.util.Set;

/**
 * Chooses the format that a client prefers (RFC 9110, 12.5.1). What cannot be parsed is ignored,
 * and if nothing is left the format is JSON: a drop-in replacement must not refuse a request.
 */
final class AcceptHeader {

    /** The names of a format in the header; other versions do not match. */
    private record Form(Format format, String type, String group, Set<String> versions) {

        /**
         * How specifically a range matches, or 0 if it does not match: type with version, type,
         * group, anything.
         */
        int fit(MediaRange range) {
            if (range.type().equals("*/*")) {
                return 1;
            }
            if (range.type().equals(group)) {
                return 2;
            }
            if (!range.type().equals(type)) {
                return 0;
            }
            String version = range.parameter("version");
            if (version.isEmpty()) {
                return 3;
            }
            return versions.contains(version) ? 4 : 0;
        }
    }

    private static final List<Form> FORMS =
            List.of(
                    new Form(Format.JSON, "application/json", "application/*", Set.of()),
                    new Form(
                            Format.OPENMETRICS,
                            "application/openmetrics-text",
                            "application/*",
                            Set.of("0.0.1", "1.0.0")),
                    new Form(Format.PROMETHEUS, "text/plain", "text/*", Set.of("0.0.4", "1.0.0")));

    private AcceptHeader() {}

    /**
     * The preferred format; on a tie, the first in {@link Format}'s order.
     *
     * @param headers the values of all Accept lines
     */
    static Format choose(List<String> headers) {
        if (headers.isEmpty()) {
            return Format.JSON;
        }
        List<MediaRange> ranges = MediaRange.parse(headers);
        Format best = Format.JSON;
        double bestQuality = 0;
        for (Form form : FORMS) {
            double quality = quality(form, ranges);
            if (quality > bestQuality) {
                best = form.format();
                bestQuality = quality;
            }
        }
        return best;
    }

    /** The quality of the most specific range that matches. */
    private static double quality(Form form, List<MediaRange> ranges) {
        int bestFit = 0;
        double quality = 0;
        for (MediaRange range : ranges) {
            int fit = form.fit(range);
            if (fit > bestFit || (fit == bestFit && fit > 0 && range.quality() > quality)) {
                bestFit = fit;
                quality = range.quality();
            }
        }
        return quality;
    }
}
