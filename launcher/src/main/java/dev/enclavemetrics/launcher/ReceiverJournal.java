package dev.enclavemetrics.launcher;

import dev.enclavemetrics.transport.Endpoint;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Logs how the connection fares: each change once. A reason is told again only after frames came
 * steadily, so that a peer that breaks at each dial fills no disk. For one thread.
 */
final class ReceiverJournal {

    /** Frames on one connection after which an outage counts as over. */
    private static final int STEADY_FRAMES = 3;

    /** Numbers and hex differ from dial to dial where the reason is the same. */
    private static final Pattern DETAIL = Pattern.compile("0x[0-9a-f]+|[0-9]+");

    private static final int MAX_REASONS = 16;

    private final Log log;
    private final Set<String> told = new HashSet<>();
    private boolean quiet;
    private int framesOfConnection;

    ReceiverJournal(Log log) {
        this.log = log;
    }

    void connected(Endpoint endpoint) {
        framesOfConnection = 0;
        if (!quiet) {
            log.info("connected to " + endpoint);
        }
    }

    void received(ReceivedFrame received) {
        framesOfConnection++;
        if (framesOfConnection == 1 && !quiet) {
            log.info(
                    "first frame received, one every "
                            + received.frame().intervalMs()
                            + " ms: values are fresh");
        }
        if (framesOfConnection == STEADY_FRAMES) {
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
