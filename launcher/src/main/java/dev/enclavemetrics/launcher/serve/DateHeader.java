package dev.enclavemetrics.launcher.serve;

import io.netty.handler.codec.DateFormatter;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/**
 * The value of the Date header, formatted once a second and not for each response. For the event
 * loop's thread only.
 */
final class DateHeader {

    private final InstantSource clock;
    private Instant formatted = Instant.MIN;
    private AsciiString value = AsciiString.EMPTY_STRING;

    DateHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** The current time, such as {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). */
    AsciiString value() {
        Instant now = clock.instant();
        if (now.getEpochSecond() != formatted.getEpochSecond()) {
            formatted = now;
            value = AsciiString.of(DateFormatter.format(Date.from(now)));
        }
        return value;
    }
}
