package dev.enclavemetrics.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the enclave's command ended. The frame that has it is the agent's last.
 *
 * @param kind whether it exited or was killed
 * @param code the exit code, 0 to 255, or the number of the signal, 1 to 64
 */
public record Ending(Kind kind, int code) {

    /** How a command can end. */
    public enum Kind {
        EXITED(1),
        KILLED(2);

        /** All kinds, in order; {@code values()} would copy an array at each call. */
        static final List<Kind> ALL = List.of(values());

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The number in the frame; 0 stands for no ending. */
        int number() {
            return number;
        }
    }

    private static final int MAX_EXIT_CODE = 255;
    private static final int MAX_SIGNAL = 64;

    /**
     * Validates the code.
     *
     * @throws MalformedFrameException naming the rule and the value found
     */
    public Ending {
        if (kind == Kind.EXITED) {
            MetricsFrame.requireRange("exit code", code, 0, MAX_EXIT_CODE);
        } else {
            MetricsFrame.requireRange("signal", code, 1, MAX_SIGNAL);
        }
    }

    /**
     * An ending by its numbers in the frame.
     *
     * @return null if there is none
     * @throws MalformedFrameException naming the rule and the value found
     */
    public static @Nullable Ending of(int kind, int code) {
        if (kind == 0) {
            return null;
        }
        for (Kind known : Kind.ALL) {
            if (known.number() == kind) {
                return new Ending(known, code);
            }
        }
        throw new MalformedFrameException(
                "the kind of the ending must be 0 to " + Kind.ALL.size() + ", found " + kind);
    }
}
