package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.launcher.snapshot.LastWords;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.transport.Endpoint;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Logs changes of the connection, each once. A reason is logged again only after frames arrived
 * steadily, so that a peer that fails on every dial cannot fill the disk. For one thread.
 */
final class ConnectionLog {

    /**
     * How long frames must arrive on one connection until an outage counts as over. Not a number of
     * frames, because a hostile peer can send many at once before it fails again.
     */
    static final long STEADY_NS = 30_000_000_000L;

    /** Numbers and hex digits can differ although the reason is the same. */
    private static final Pattern DETAIL = Pattern.compile("0x[0-9a-f]+|[0-9]+");

    private static final int MAX_REASONS = 16;

    private final Log log;
    private final Set<String> reported = new HashSet<>();
    private boolean quiet;
    private boolean awaitsFirst;
    private boolean steady;
    private long firstNs;

    ConnectionLog(Log log) {
        this.log = log;
    }

    void connected(Endpoint endpoint) {
        awaitsFirst = true;
        if (!quiet) {
            log.info("connected to " + endpoint);
        }
    }

    /** A frame has arrived. A frame that is already stale does not count as the first. */
    void received(ReceivedFrame received, long nowNs) {
        if (awaitsFirst && received.isFreshAt(nowNs)) {
            awaitsFirst = false;
            steady = false;
            firstNs = nowNs;
            if (!quiet) {
                log.info(
                        "first frame received, interval "
                                + received.frame().intervalMs()
                                + " ms: values are fresh");
            }
        }
        Ending ending = received.frame().ending();
        if (ending != null) {
            ended(LastWords.of(ending, received.frame()));
        }
        if (!awaitsFirst && !steady && nowNs - firstNs >= STEADY_NS) {
            steady = true;
            if (quiet) {
                log.info("recovered: frames arrive steadily");
            }
            reported.clear();
            quiet = false;
        }
    }

    /** Keeps all numbers, unlike the message of a failure: the exit code distinguishes endings. */
    private void ended(String how) {
        if (reported.size() < MAX_REASONS && reported.add(how)) {
            log.warn(how);
        }
    }

    /** The connection was lost, or could not be made. */
    void failed(String reason) {
        String kind = DETAIL.matcher(reason).replaceAll("#");
        if (reported.size() == MAX_REASONS) {
            quiet = true; // a peer that fails with many different reasons
            return;
        }
        quiet = !reported.add(kind);
        if (!quiet) {
            log.warn(reason + "; retrying");
        }
    }
}
