package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.Timestamps;
import java.io.PrintStream;
import java.util.List;

/** One round below the other, for files and pipes; what there is to remark goes beside them. */
final class Rounds implements Display {

    private final UsageFormat format;
    private final String whenEmpty;
    private final boolean timed;
    private final PrintStream results;
    private final PrintStream messages;
    private boolean first = true;
    private List<String> told = List.of();

    /**
     * @param whenEmpty what to say if there are no pods, or empty
     * @param timed whether each round has its time above it, and an empty line between
     */
    Rounds(
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
    public void show(Usages usages) {
        if (timed) {
            results.print(first ? "" : "\n");
            results.print(Timestamps.seconds(usages.readAt()) + "\n");
        }
        first = false;
        format.lines(usages).forEach(line -> results.print(line + "\n"));
        results.flush();
        tell(usages.remarks(whenEmpty));
    }

    @Override
    public void fail(String words) {
        tell(List.of("error: " + words));
    }

    /** A watch must not repeat what is known. */
    private void tell(List<String> remarks) {
        if (!remarks.equals(told)) {
            remarks.forEach(remark -> messages.println(Log.oneLine(remark)));
            messages.flush();
            told = remarks;
        }
    }

    @Override
    public boolean isGone() {
        return results.checkError();
    }
}
