package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.frame.ApplicationMetric;
import java.util.ArrayList;
import java.util.List;

/** Parses {@code queue_depth+http_requests_total{code="500"}}: metrics, separated by a plus. */
public final class SelectorParser {

    private static final String RESERVED = "nitro_";
    private static final int MAX_MATCHERS = 8;

    private final String text;
    private final List<String> problems;
    private int at;

    private SelectorParser(String text, List<String> problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Parses the setting.
     *
     * @param problems to which each problem found is added
     * @return the metrics without a problem of their own
     */
    public static List<Selector> parse(String text, List<String> problems) {
        SelectorParser parser = new SelectorParser(text, problems);
        List<Selector> selectors = new ArrayList<>();
        do {
            int start = parser.at;
            try {
                selectors.add(parser.selector());
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
                parser.at = parser.next(start);
            }
        } while (parser.take('+'));
        parser.checkAll(selectors);
        return selectors;
    }

    private void checkAll(List<Selector> selectors) {
        if (selectors.size() > ApplicationMetric.MAX_COUNT) {
            problems.add(
                    "must be at most "
                            + ApplicationMetric.MAX_COUNT
                            + " metrics, found "
                            + selectors.size());
            return;
        }
        int bytes = 0;
        for (int i = 0; i < selectors.size(); i++) {
            Selector selector = selectors.get(i);
            bytes += selector.maxFrameBytes();
            for (int j = 0; j < i; j++) {
                checkDifferent(selectors.get(j), selector);
            }
        }
        if (bytes > ApplicationMetric.MAX_BYTES) {
            problems.add(
                    "must fit a frame, "
                            + ApplicationMetric.MAX_BYTES
                            + " bytes, found "
                            + bytes
                            + ": shorten or remove names");
        }
    }

    private void checkDifferent(Selector first, Selector second) {
        if (first.name().equals(second.name())
                || first.longestName().equals(second.longestName())) {
            problems.add(
                    "metrics must have different names when they leave the enclave, found "
                            + first.name()
                            + " and "
                            + second.name()
                            + ": keep one, or let the application sum them");
        }
    }

    private Selector selector() {
        int start = at;
        while (at < text.length() && isNameChar(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        List<LabelMatcher> matchers = new ArrayList<>();
        if (take('{')) {
            while (!take('}')) {
                matchers.add(matcher());
                if (!take(',') && !(at < text.length() && text.charAt(at) == '}')) {
                    throw mustBe("labels must be {NAME=\"VALUE\",...}", start);
                }
            }
        }
        if (at < text.length() && text.charAt(at) != '+') {
            throw mustBe("metrics must be NAME or NAME{LABEL=\"VALUE\"}, separated by +", start);
        }
        Selector selector = new Selector(name, matchers);
        if (!ApplicationMetric.isName(name) || !ApplicationMetric.isName(selector.longestName())) {
            throw mustBe(
                    "a name must be letters, digits and _, not begin with a digit, and have at most"
                            + " "
                            + ApplicationMetric.MAX_NAME_CHARS
                            + " characters with _per_second",
                    start);
        }
        if (name.startsWith(RESERVED)) {
            throw mustBe("a name must not begin with " + RESERVED + ", which is ours", start);
        }
        if (matchers.size() > MAX_MATCHERS) {
            throw mustBe("a metric must have at most " + MAX_MATCHERS + " labels", start);
        }
        return selector;
    }

    private LabelMatcher matcher() {
        int start = at;
        while (at < text.length() && isNameChar(text.charAt(at))) {
            at++;
        }
        String label = text.substring(start, at);
        boolean equal = !take('!');
        if (!ApplicationMetric.isName(label) || !take('=') || !take('"')) {
            throw mustBe("a label must be NAME=\"VALUE\" or NAME!=\"VALUE\"", start);
        }
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            boolean escaped = take('\\');
            if (at >= text.length()) {
                throw mustBe("the value of a label must end with a quotation mark", start);
            }
            char c = text.charAt(at++);
            value.append(escaped && c == 'n' ? '\n' : c);
        }
        return new LabelMatcher(label, value.toString(), equal);
    }

    /** Returns the next plus outside of quotation marks, from the start of an invalid metric. */
    private int next(int start) {
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '+' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private IllegalArgumentException mustBe(String rule, int start) {
        String found = text.substring(start, Math.max(start, next(start)));
        return new IllegalArgumentException(
                rule + ", found " + (found.isEmpty() ? "nothing" : found));
    }

    private static boolean isNameChar(char c) {
        return c == '_'
                || (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z');
    }
}
