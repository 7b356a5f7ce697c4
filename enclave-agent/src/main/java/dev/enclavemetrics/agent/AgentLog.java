package dev.enclavemetrics.agent;

import java.io.PrintStream;

/**
 * One line an event, to stderr. Without a time: the enclave's wall clock drifts, and whoever keeps
 * its console adds one.
 */
final class AgentLog {

    private final PrintStream out;

    AgentLog(PrintStream out) {
        this.out = out;
    }

    void line(String message) {
        // A message may quote a peer or a file: it stays one line whatever they hold.
        out.println("enclave-agent: " + message.replace('\n', ' ').replace('\r', ' '));
    }

    /**
     * A failure that a full heap may be.
     *
     * @param consequence what follows from it; no literal, since the first use of one takes memory
     * @return false if the heap has no room for the line
     */
    boolean failure(String consequence, Throwable failure) {
        try {
            line(consequence + ": " + message(failure));
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** What a failure says. That of a full heap has a message, so this takes no memory then. */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
