package dev.enclavemetrics.agent.application;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sum of one metric's matching series in one exposition. */
final class SeriesSum {

    private static final byte[] COUNTER = ascii("counter");
    private static final byte[] HISTOGRAM = ascii("histogram");
    private static final byte[] SUMMARY = ascii("summary");

    private final Selector selector;
    private final byte[] name;
    private final byte[][] labels;
    private final byte[][] values;
    private final boolean[] equal;
    private final boolean[] holds;
    private final byte[] gaugeName;
    private final byte[] counterName;

    /** The name without its end _count, _sum or _bucket; the name itself if it has none of them. */
    private final byte[] parent;

    private boolean counter;
    private int series;
    private double sum;

    SeriesSum(Selector selector) {
        this.selector = selector;
        name = selector.nameBytes();
        List<LabelMatcher> matchers = selector.matchers();
        labels = new byte[matchers.size()][];
        values = new byte[matchers.size()][];
        equal = new boolean[matchers.size()];
        holds = new boolean[matchers.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = ascii(matchers.get(i).label());
            values[i] = matchers.get(i).escapedValue().getBytes(StandardCharsets.UTF_8);
            equal[i] = matchers.get(i).equal();
        }
        List<String> families = selector.families();
        parent = ascii(families.get(families.size() - 1));
        gaugeName = ascii(selector.exportedName(false));
        counterName = ascii(selector.exportedName(true));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins a new exposition. */
    void clear() {
        counter = selector.isTotal();
        series = 0;
        sum = 0;
    }

    /** Whether it is a counter, whose rate is exported. */
    boolean isCounter() {
        return counter;
    }

    /** The number of series that matched. */
    int series() {
        return series;
    }

    /** NaN or infinite if one of the series is. */
    double sum() {
        return sum;
    }

    String name() {
        return selector.name();
    }

    /** The name under which it leaves the enclave, in at most a hundred bytes of ASCII. */
    byte[] exportedName(boolean asCounter) {
        return asCounter ? counterName : gaugeName;
    }

    /** Takes a line {@code # TYPE family type}, if it is for this metric. */
    void takeType(LineText line, byte[] text, int family, int end) {
        line.over(text, family, end);
        int familyEnd = line.skipName();
        boolean own = line.regionIs(family, familyEnd, name);
        if (!own && !line.regionIs(family, familyEnd, parent)) {
            return;
        }
        line.skipSpaces();
        boolean summed = line.takeWord(HISTOGRAM) || line.takeWord(SUMMARY);
        counter |= own ? line.takeWord(COUNTER) : summed;
    }

    boolean isNamed(LineText line, int from, int nameEnd) {
        return line.regionIs(from, nameEnd, name);
    }

    /** Takes the rest of a line {@code name{labels} value} of this metric, after the name. */
    void takeSample(LineText line) throws IOException {
        line.skipSpaces();
        for (int i = 0; i < labels.length; i++) {
            holds[i] = (values[i].length == 0) == equal[i]; // an absent label is an empty one
        }
        if (line.take('{')) {
            takeLabels(line);
        }
        for (boolean held : holds) {
            if (!held) {
                return;
            }
        }
        sum += line.number();
        series++;
    }

    private void takeLabels(LineText line) throws IOException {
        line.skipSpaces();
        while (!line.take('}')) {
            int label = line.at();
            int labelEnd = line.skipName();
            line.skipSpaces();
            if (labelEnd == label || !line.take('=')) {
                throw LineText.malformed("labels must be NAME=\"VALUE\"");
            }
            line.skipSpaces();
            if (!line.take('"')) {
                throw LineText.malformed("the value of a label must be quoted");
            }
            int value = line.at();
            int valueEnd = line.skipLabelValue();
            for (int i = 0; i < labels.length; i++) {
                if (line.regionIs(label, labelEnd, labels[i])) {
                    holds[i] = line.regionIs(value, valueEnd, values[i]) == equal[i];
                }
            }
            line.skipSpaces();
            if (!line.take(',') && !line.isAt('}')) {
                throw LineText.malformed("labels must be separated by a comma");
            }
            line.skipSpaces();
        }
    }
}
