package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.log.RepeatedEvent;
import dev.enclavemetrics.agent.round.SignificantDigits;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Reads the application's metrics once per interval, in its own thread. A slow or failing
 * application affects only its own metrics, and never delays a sample.
 */
public final class ApplicationReader implements Runnable, Closeable {

    private static final long NS_PER_MS = 1_000_000;

    /** The same as for the usages. A value gets this old only if a reading hangs in the kernel. */
    private static final int FRESH_INTERVALS = 3;

    private final Source source;
    private final Exposition exposition;
    private final SeriesSum[] sums;
    private final RateWindow[] windows;
    private final Deadline deadline;
    private final SignificantDigits digits;
    private final AgentLog log;
    private final LongSupplier nanoTime;
    private final long intervalNs;
    private final RepeatedEvent failures;
    private final String noValues;
    private final StringBuilder missing = new StringBuilder();
    private String currentProblem = "";

    // Guarded by this: what the last reading gave.
    private final double[] values;
    private final boolean[] asCounter;
    private long readNs;

    private volatile boolean closed;

    /**
     * Composes a reader.
     *
     * @param intervalMs the time between two readings
     * @param windowIntervals the number of intervals over which a counter's increase is averaged
     */
    public ApplicationReader(
            ApplicationConfig config,
            int intervalMs,
            int windowIntervals,
            SignificantDigits digits,
            Transport transport,
            AgentLog log,
            LongSupplier nanoTime) {
        this.source = source(config.source(), transport);
        this.exposition = new Exposition(config.metrics());
        this.sums = exposition.sums();
        this.windows = new RateWindow[sums.length];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new RateWindow(windowIntervals, intervalMs);
        }
        this.values = new double[sums.length];
        this.asCounter = new boolean[sums.length];
        this.deadline = new Deadline(nanoTime, intervalMs / 2);
        this.digits = digits;
        this.log = log;
        this.nanoTime = nanoTime;
        this.intervalNs = intervalMs * NS_PER_MS;
        this.failures = new RepeatedEvent(log, nanoTime);
        this.noValues = "no application metrics from " + source;
        forget();
    }

    private static Source source(SourceAddress address, Transport transport) {
        Endpoint.Application endpoint = address.endpoint();
        return endpoint == null
                ? new FileSource(address)
                : new HttpSource(endpoint, address, transport);
    }

    /** Reads once per interval until it is closed. */
    @Override
    public void run() {
        long dueNs = nanoTime.getAsLong();
        while (!closed) {
            long nowNs = nanoTime.getAsLong();
            if (nowNs >= dueNs) {
                read();
                nowNs = nanoTime.getAsLong();
                dueNs += Math.max(1, (nowNs - dueNs + intervalNs) / intervalNs) * intervalNs;
            }
            Thread.interrupted(); // would end the pause: applications may interrupt all threads
            LockSupport.parkNanos(dueNs - nowNs);
        }
    }

    /** Reads once. A failure is logged when it begins and when it ends, as for a sample. */
    void read() {
        try {
            deadline.start();
            try (Body body = source.open(deadline)) {
                exposition.read(body, deadline);
            }
            publish(nanoTime.getAsLong());
            String missingNow = missing();
            if (!missingNow.equals(currentProblem)) {
                logChange(missingNow);
            }
        } catch (Throwable e) { // an Error too: the application may have filled the heap
            forget();
            String reason = AgentLog.message(e);
            if (!reason.equals(currentProblem) && !closed && failures.failed(noValues, e)) {
                currentProblem = reason;
            }
        }
    }

    private void logChange(String missingNow) {
        if (missingNow.isEmpty()) {
            log.line("application metrics recovered");
            currentProblem = missingNow;
        } else if (failures.happened(source + " " + missingNow)) {
            currentProblem = missingNow;
        }
    }

    /**
     * Lists the metrics without a series; empty if each has one. Allocates only if one is missing.
     */
    private String missing() {
        missing.setLength(0);
        for (SeriesSum sum : sums) {
            if (sum.series() == 0) {
                missing.append(missing.length() == 0 ? "has no series of " : ", ");
                missing.append(sum.name());
            }
        }
        return missing.length() == 0 ? "" : missing.toString();
    }

    private synchronized void publish(long nowNs) {
        readNs = nowNs;
        for (int i = 0; i < sums.length; i++) {
            SeriesSum sum = sums[i];
            if (asCounter[i] != sum.isCounter()
                    || sum.series() == 0
                    || !Double.isFinite(sum.sum())) {
                windows[i].restart();
            }
            values[i] = value(i, nowNs);
            asCounter[i] = sum.isCounter();
        }
    }

    /** Returns NaN if there is no value. */
    private double value(int metric, long nowNs) {
        SeriesSum sum = sums[metric];
        if (sum.series() == 0 || !Double.isFinite(sum.sum())) {
            return Double.NaN;
        }
        if (!sum.isCounter()) {
            return sum.sum();
        }
        windows[metric].add(nowNs, sum.sum(), sum.series());
        return windows[metric].perSecond();
    }

    private synchronized void forget() {
        Arrays.fill(values, Double.NaN);
    }

    /**
     * Adds the metrics that have a value to a frame. A failure here does not affect the rest of the
     * frame.
     */
    public void addTo(FrameEncoder encoder, long nowNs) {
        try {
            addValues(encoder, nowNs);
        } catch (Throwable e) { // an Error too, such as a class that the JRE lacks
            encoder.clearApplication();
            failures.failed(noValues, e);
        }
    }

    private synchronized void addValues(FrameEncoder encoder, long nowNs) {
        encoder.clearApplication();
        if (nowNs - readNs > FRESH_INTERVALS * intervalNs) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                encoder.application(sums[i].exportedName(asCounter[i]), digits.rounded(values[i]));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
