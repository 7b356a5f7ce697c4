package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.transport.Endpoint;

/** Turns the events of the connection into snapshots, counts and log lines. For one thread. */
public final class SnapshotWriter {

    private final LatestSnapshot latest;
    private final Counters counters;
    private final Clock clock;
    private final ConnectionLog connectionLog;
    private final SampleAge age = new SampleAge();

    public SnapshotWriter(LatestSnapshot latest, Counters counters, Clock clock, Log log) {
        this.latest = latest;
        this.counters = counters;
        this.clock = clock;
        this.connectionLog = new ConnectionLog(log);
    }

    void connected(Endpoint endpoint) {
        counters.connects.incrementAndGet();
        latest.connected();
        connectionLog.connected(endpoint);
    }

    /**
     * A frame was read.
     *
     * @param awaited as in {@link SampleAge#atArrivalNs}
     */
    void received(MetricsFrame frame, boolean awaited) {
        long nowNs = clock.nanoTime();
        long ageNs = age.atArrivalNs(frame, nowNs, awaited);
        ReceivedFrame received =
                new ReceivedFrame(frame, nowNs - ageNs, clock.instant().minusNanos(ageNs));
        counters.frames.incrementAndGet();
        latest.received(received);
        connectionLog.received(received, nowNs);
    }

    /** There is no connection, and why. */
    void dialFailed(String reason) {
        counters.connectFailures.incrementAndGet();
        lost(reason);
    }

    /** There is no enclave to dial; the reason has been logged already. */
    void notRunning(String reason) {
        latest.lost(reason);
    }

    void malformed(Endpoint endpoint, String reason) {
        counters.malformedFrames.incrementAndGet();
        lost("malformed frame from " + endpoint + ": " + reason);
    }

    /** The connection ended, and why. */
    void lost(String reason) {
        latest.lost(reason);
        connectionLog.failed(reason);
    }
}
