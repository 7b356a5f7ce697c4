package dev.enclavemetrics.agent.application;

import java.io.IOException;
import java.util.List;

/**
 * Reads expositions, in the text format of Prometheus or in OpenMetrics, and sums the selected
 * series. The buffer has a fixed size, which each line must fit, and the number of bytes is
 * limited; the source limits the time.
 */
final class Exposition {

    static final int MAX_BYTES = 8 << 20;
    static final int MAX_LINE_BYTES = 64 << 10;

    private final byte[] buffer = new byte[MAX_LINE_BYTES];
    private final LineText line = new LineText();
    private final LineFinder finder;
    private final SeriesSum[] sums;

    Exposition(List<Selector> selectors) {
        this(selectors, new LineFinder(selectors));
    }

    Exposition(List<Selector> selectors, LineFinder finder) {
        this.finder = finder;
        sums = new SeriesSum[selectors.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new SeriesSum(selectors.get(i));
        }
    }

    /** The sums of the last exposition, in the order of the selectors. */
    SeriesSum[] sums() {
        return sums;
    }

    /**
     * Reads an exposition to its end.
     *
     * @throws IOException if it is malformed or too long; the sums are then invalid
     */
    void read(Body body, Deadline deadline) throws IOException {
        for (SeriesSum sum : sums) {
            sum.clear();
        }
        long total = 0;
        int filled = 0;
        int count;
        while ((count = body.read(buffer, filled, buffer.length - filled)) >= 0) {
            deadline.check();
            total += count;
            filled += count;
            if (total > MAX_BYTES) {
                throw new IOException("must be at most " + MAX_BYTES + " bytes, but is longer");
            }
            int parsed = parse(filled);
            filled -= parsed;
            System.arraycopy(buffer, parsed, buffer, 0, filled);
            if (filled == buffer.length) {
                throw new IOException(
                        "a line must be at most " + MAX_LINE_BYTES + " bytes, found a longer one");
            }
        }
        if (filled > 0) {
            throw new IOException(
                    "must end with a whole line, but is cut off: write another file and rename it");
        }
    }

    /** Parses the complete lines; returns where the rest begins. */
    private int parse(int filled) throws IOException {
        int at = 0;
        int found;
        while ((found = finder.find(buffer, at, filled)) >= 0) {
            int end = found;
            while (buffer[end] != '\n') {
                end++;
            }
            if (LineFinder.saysType(buffer, found, end)) {
                for (SeriesSum sum : sums) {
                    sum.takeType(line, buffer, LineFinder.family(found), end);
                }
            } else {
                takeSample(found, end);
            }
            at = end + 1;
        }
        return -1 - found;
    }

    /** Looks for the end of the name once, not for each metric: there may be thousands of lines. */
    private void takeSample(int from, int end) throws IOException {
        line.over(buffer, from, end);
        int nameEnd = line.skipName();
        for (SeriesSum sum : sums) {
            if (sum.isNamed(line, from, nameEnd)) {
                sum.takeSample(line);
                return; // their names differ
            }
        }
    }
}
