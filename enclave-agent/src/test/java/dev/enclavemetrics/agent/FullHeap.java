package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream that fails as a log does on a full heap: there is no memory for the line. */
public final class FullHeap extends PrintStream {

    private int linesLost;

    private FullHeap(PrintStream out, int linesLost) {
        super(out, true, StandardCharsets.UTF_8);
        this.linesLost = linesLost;
    }

    public static AgentLog log() {
        return new AgentLog(new FullHeap(System.err, Integer.MAX_VALUE));
    }

    /** Returns a log that loses this many lines. */
    public static AgentLog log(PrintStream out, int linesLost) {
        return new AgentLog(new FullHeap(out, linesLost));
    }

    @Override
    public void println(String line) {
        if (linesLost-- > 0) {
            throw new OutOfMemoryError("Java heap space");
        }
        super.println(line);
    }
}
