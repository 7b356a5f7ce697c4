package dev.enclavemetrics.launcher;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the launcher counts of its own doing since its start. Safe for several threads. */
final class Counters {

    private static final int MAX_STATUS = 599;

    final AtomicLong frames = new AtomicLong();
    final AtomicLong malformedFrames = new AtomicLong();
    final AtomicLong connects = new AtomicLong();
    final AtomicLong connectFailures = new AtomicLong();
    final AtomicInteger httpConnections = new AtomicInteger();

    /** HTTP requests answered, by status code. */
    final AtomicLongArray httpRequests = new AtomicLongArray(MAX_STATUS + 1);
}
