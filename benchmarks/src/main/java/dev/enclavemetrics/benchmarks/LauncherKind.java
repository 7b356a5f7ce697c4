package dev.enclavemetrics.benchmarks;

import java.util.EnumSet;
import java.util.List;

/**
 * How a simulated launcher answers. Of ten pods seven are healthy, one is slow, one is dead and one
 * is hostile. The pod's slot determines the kind, so a replacement behaves like its predecessor.
 */
enum LauncherKind {
    WELL,
    /** Answers after a second. */
    SLOW,
    /** Neither accepts nor refuses the connection: the client waits until its timeout. */
    BLACK_HOLE,
    /** Nothing listens: the connection is refused. */
    REFUSING,

    TEN_MEGABYTES,
    ENDLESS,
    NOT_A_NUMBER,
    NEGATIVE,
    ABOVE_ONE,
    TEXT_VALUE,
    REDIRECT,
    SLOW_BYTES,
    MANY_HEADERS,
    SILENT,
    CLOSING,
    GARBAGE,
    STALE;

    /** The port of the launchers that respond. */
    static final int PORT = 59090;

    /** Nothing listens there. */
    static final int REFUSED_PORT = 59091;

    /** A listener with a full backlog. */
    static final int BLACK_HOLE_PORT = 59092;

    private static final int SLOTS_A_ROUND = 10;

    private static final List<LauncherKind> HOSTILE =
            List.copyOf(EnumSet.range(TEN_MEGABYTES, STALE));

    static LauncherKind of(int slot) {
        int round = slot / SLOTS_A_ROUND;
        return switch (slot % SLOTS_A_ROUND) {
            case 7 -> SLOW;
            case 8 -> round % 2 == 0 ? BLACK_HOLE : REFUSING;
            case 9 -> HOSTILE.get(round % HOSTILE.size());
            default -> WELL;
        };
    }

    /** Whether it serves values, and so must be scraped in every period. */
    boolean live() {
        return this == WELL || this == SLOW;
    }

    int port() {
        return switch (this) {
            case REFUSING -> REFUSED_PORT;
            case BLACK_HOLE -> BLACK_HOLE_PORT;
            default -> PORT;
        };
    }
}
