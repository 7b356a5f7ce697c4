package dev.enclavemetrics.launcher.snapshot;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The launcher's own counters since its start. Thread-safe. */
public final class Counters {

    private static final int MAX_STATUS = 599;

    public final AtomicLong frames = new AtomicLong();
    public final AtomicLong malformedFrames = new AtomicLong();
    public final AtomicLong connects = new AtomicLong();
    public final AtomicLong connectFailures = new AtomicLong();
    public final AtomicInteger httpConnections = new AtomicInteger();

    /** HTTP requests answered, by status code. */
    public final AtomicLongArray httpRequests = new AtomicLongArray(MAX_STATUS + 1);
}
