package dev.enclavemetrics.kubectl.show;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.kubectl.query.UsageList;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Draws each list over the last one. Text that does not fit is cut off, to avoid scrolling. */
final class TerminalDisplay implements Display {

    private static final String CLEAR = "\033[2J";
    private static final String TO_TOP = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final UsageFormat format;
    private final String whenEmpty;
    private final Duration interval;
    private final InstantSource clock;
    private final Terminal terminal;
    private final PrintStream out;
    private boolean first = true;

    /**
     * @param whenEmpty the message if there are no pods
     */
    TerminalDisplay(
            UsageFormat format,
            String whenEmpty,
            Duration interval,
            InstantSource clock,
            Terminal terminal,
            PrintStream out) {
        this.format = format;
        this.whenEmpty = whenEmpty;
        this.interval = interval;
        this.clock = clock;
        this.terminal = terminal;
        this.out = out;
    }

    @Override
    public void show(UsageList usages) {
        List<String> lines = new ArrayList<>();
        List<String> notes = usages.notes(whenEmpty);
        lines.addAll(format.lines(usages));
        if (!notes.isEmpty()) {
            lines.add("");
            notes.forEach(note -> lines.add(Log.oneLine(note)));
        }
        draw(usages.readAt(), lines);
    }

    @Override
    public void fail(String message) {
        draw(clock.instant(), List.of("error: " + Log.oneLine(message)));
    }

    private void draw(Instant at, List<String> body) {
        Terminal.Size size = terminal.size();
        List<String> lines = new ArrayList<>();
        lines.add(Timestamps.seconds(at) + ", every " + HumanAge.of(interval) + ", Ctrl-C to stop");
        lines.add("");
        lines.addAll(body);
        StringBuilder frame = new StringBuilder(first ? CLEAR : "").append(TO_TOP);
        for (String line : fitting(lines, Math.max(3, size.rows() - 1))) {
            frame.append(cut(line, size.columns())).append(REST_OF_LINE).append('\n');
        }
        out.print(frame.append(REST_OF_SCREEN));
        out.flush();
        first = false;
    }

    private static List<String> fitting(List<String> lines, int rows) {
        if (lines.size() <= rows) {
            return lines;
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, rows - 1));
        fitting.add("… " + (lines.size() - rows + 1) + " more lines; narrow with -n or -l");
        return fitting;
    }

    private static String cut(String line, int columns) {
        return line.codePointCount(0, line.length()) <= columns
                ? line
                : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }

    @Override
    public boolean isClosed() {
        return out.checkError();
    }
}
