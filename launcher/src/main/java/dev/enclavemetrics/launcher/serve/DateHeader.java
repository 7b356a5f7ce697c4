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

    private static final int MS_PER_SECOND = 1000;

    private final InstantSource clock;
    private long second = Long.MIN_VALUE;
    private AsciiString value = AsciiString.EMPTY_STRING;

    DateHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** The current time, such as {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). */
    AsciiString value() {
        long nowMs = clock.millis();
        if (nowMs / MS_PER_SECOND != second) {
            second = nowMs / MS_PER_SECOND;
            value = AsciiString.of(DateFormatter.format(Date.from(Instant.ofEpochMilli(nowMs))));
        }
        return value;
    }
}
