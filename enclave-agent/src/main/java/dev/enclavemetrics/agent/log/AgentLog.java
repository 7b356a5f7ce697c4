package dev.enclavemetrics.agent.log;

import java.io.PrintStream;

/**
 * Writes one line per event to stderr, without a timestamp: the enclave's wall clock drifts, and
 * collectors of console output add one.
 */
public final class AgentLog {

    private final PrintStream out;

    public AgentLog(PrintStream out) {
        this.out = out;
    }

    /** Writes a line. */
    public void line(String message) {
        // A message may quote a peer or a file, and must stay one line.
        out.println("enclave-agent: " + message.replace('\n', ' ').replace('\r', ' '));
    }

    /**
     * Logs a failure, which may be an out-of-memory error.
     *
     * @param consequence of the failure; not a string literal, whose first use allocates
     * @return false if the heap has no room for the line
     */
    public boolean failure(String consequence, Throwable failure) {
        try {
            line(consequence + ": " + message(failure));
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** The message of a failure. An OutOfMemoryError has one, so this allocates nothing then. */
    public static String message(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof NoClassDefFoundError) { // an image's JRE has the needed ones only
            return "the JRE must have the class "
                    + message
                    + ", found none: report it, and set ENCLAVE_METRICS_JAVA to another JVM";
        }
        return message == null ? failure.toString() : message;
    }
}
