package dev.enclavemetrics.bootstrap;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How times are written: RFC 3339 in UTC, always with milliseconds. */
public final class Timestamps {

    // Instant.toString() drops a fraction of zero; one format is easier to read.
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String format(Instant time) {
        return FORMAT.format(time);
    }

    /** To the second, as in Kubernetes objects. */
    public static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
