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
}
