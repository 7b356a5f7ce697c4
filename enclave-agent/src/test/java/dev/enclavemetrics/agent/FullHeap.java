package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a full heap does to a log: there is no room for the line. */
public final class FullHeap extends PrintStream {

    private int linesLost;

    private FullHeap(PrintStream out, int linesLost) {
        super(out, true, StandardCharsets.UTF_8);
        this.linesLost = linesLost;
    }

    public static AgentLog log() {
        return new AgentLog(new FullHeap(System.err, Integer.MAX_VALUE));
    }

    /** A log that loses some lines, until the heap has room again. */
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
