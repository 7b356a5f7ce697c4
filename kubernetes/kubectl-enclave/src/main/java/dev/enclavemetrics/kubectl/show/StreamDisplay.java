package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.kubectl.query.UsageList;
import java.io.PrintStream;
import java.util.List;

/** Prints one list after the other, for files and pipes. Notes go to the messages. */
final class StreamDisplay implements Display {

    private final UsageFormat format;
    private final String whenEmpty;
    private final boolean timed;
    private final PrintStream results;
    private final PrintStream messages;
    private boolean first = true;
    private List<String> lastNotes = List.of();

    /**
     * @param whenEmpty the message if there are no pods, or empty
     * @param timed whether each list has its time above it, and an empty line before
     */
    StreamDisplay(
            UsageFormat format,
            String whenEmpty,
            boolean timed,
            PrintStream results,
            PrintStream messages) {
        this.format = format;
        this.whenEmpty = whenEmpty;
        this.timed = timed;
        this.results = results;
        this.messages = messages;
    }

    @Override
    public void show(UsageList usages) {
        if (timed) {
            results.print(first ? "" : "\n");
            results.print(Timestamps.seconds(usages.readAt()) + "\n");
        }
        first = false;
        format.lines(usages).forEach(line -> results.print(line + "\n"));
        results.flush();
        print(usages.notes(whenEmpty));
    }

    @Override
    public void fail(String message) {
        print(List.of("error: " + message));
    }

    /** Prints notes when they change, so that a watch does not repeat them. */
    private void print(List<String> notes) {
        if (!notes.equals(lastNotes)) {
            notes.forEach(note -> messages.println(Log.oneLine(note)));
            messages.flush();
            lastNotes = notes;
        }
    }

    @Override
    public boolean isClosed() {
        return results.checkError();
    }
}
