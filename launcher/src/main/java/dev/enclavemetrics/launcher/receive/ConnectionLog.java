package dev.enclavemetrics.launcher.receive;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.transport.Endpoint;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Logs how the connection fares: each change once. A reason is told again only after frames came
 * steadily, so that a peer that breaks at each dial fills no disk. For one thread.
 */
final class ConnectionLog {

    /**
     * How long frames must come on one connection until an outage counts as over. A time and no
     * count of frames, which a hostile peer sends at once before it breaks.
     */
    static final long STEADY_NS = 30_000_000_000L;

    /** Numbers and hex differ from dial to dial where the reason is the same. */
    private static final Pattern DETAIL = Pattern.compile("0x[0-9a-f]+|[0-9]+");

    private static final int MAX_REASONS = 16;

    private final Log log;
    private final Set<String> told = new HashSet<>();
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

    /** A frame came; one that is old already is not the first that counts. */
    void received(ReceivedFrame received, long nowNs) {
        if (awaitsFirst && received.isFreshAt(nowNs)) {
            awaitsFirst = false;
            steady = false;
            firstNs = nowNs;
            if (!quiet) {
                log.info(
                        "first frame received, one every "
                                + received.frame().intervalMs()
                                + " ms: values are fresh");
            }
        }
        if (!awaitsFirst && !steady && nowNs - firstNs >= STEADY_NS) {
            steady = true;
            if (quiet) {
                log.info("frames come steadily again");
            }
            told.clear();
            quiet = false;
        }
    }

    /** The connection was lost, or could not be made. */
    void failed(String reason) {
        String kind = DETAIL.matcher(reason).replaceAll("#");
        if (told.size() == MAX_REASONS) {
            quiet = true; // a peer with ever new words
            return;
        }
        quiet = !told.add(kind);
        if (!quiet) {
            log.warn(reason + "; dialling again until it works");
        }
    }
}
