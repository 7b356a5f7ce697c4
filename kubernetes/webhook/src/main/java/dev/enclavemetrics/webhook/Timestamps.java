package dev.enclavemetrics.webhook;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written: RFC 3339 in UTC, always with milliseconds. */
final class Timestamps {

    // Instant.toString() drops a fraction of zero, and readers deserve one form.
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
