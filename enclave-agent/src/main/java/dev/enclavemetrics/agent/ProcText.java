package dev.enclavemetrics.agent;

/**
 * A cursor over the text of a {@code /proc} file: words, numbers, lines. It works on bytes and
 * allocates nothing, and one instance is used again for each read.
 */
final class ProcText {

    /**
     * Far above what a kernel writes, a counter of ns below 0 included; and so low that no sum or
     * change of unit overflows.
     */
    private static final long MAX_NUMBER = (1L << 50) - 1;

    private byte[] text = new byte[0];
    private int end;
    private int at;

    /** Starts at the beginning of the first {@code length} bytes. */
    ProcText over(byte[] text, int length) {
        this.text = text;
        this.end = length;
        this.at = 0;
        return this;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** The byte that is next, counted from the beginning. */
    int at() {
        return at;
    }

    /** Goes to a byte; false if no line begins there. */
    boolean toLine(int start) {
        if (start >= end || (start > 0 && text[start - 1] != '\n')) {
            return false;
        }
        at = start;
        return true;
    }

    /** Bytes from here to the end. */
    int left() {
        return end - at;
    }

    /** The next byte, which must be there. */
    byte peek() {
        return text[at];
    }

    /** Steps over the word if it is next. */
    boolean take(byte[] word) {
        if (end - at < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[at + i] != word[i]) {
                return false;
            }
        }
        at += word.length;
        return true;
    }

    /** Steps past the last byte of this value, to the end if there is none. */
    void skipPastLast(char wanted) {
        int last = end;
        while (last > at && text[last - 1] != wanted) {
            last--;
        }
        at = last == at ? end : last;
    }

    boolean atDigit() {
        return at < end && text[at] >= '0' && text[at] <= '9';
    }

    void skipSpaces() {
        while (at < end && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
    }

    /** Steps over the rest of a word, up to a space or the line's end. */
    void skipWord() {
        while (at < end && text[at] != ' ' && text[at] != '\n') {
            at++;
        }
    }

    /**
     * Steps over spaces and a decimal number.
     *
     * @return at most {@link #MAX_NUMBER}
     * @throws ProcFormatException if there is none, or a larger one
     */
    long number() {
        skipSpaces();
        if (!atDigit()) {
            throw new ProcFormatException("a number must follow at byte " + at);
        }
        long number = 0;
        int next = at;
        for (; next < end; next++) {
            int digit = text[next] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
            if (number > MAX_NUMBER) {
                throw new ProcFormatException(
                        "a number must be at most " + MAX_NUMBER + ", found more at byte " + at);
            }
        }
        at = next;
        return number;
    }

    /**
     * Steps over the rest of the line.
     *
     * @throws ProcFormatException if the text ends before the line does: it was cut off
     */
    void nextLine() {
        while (at < end) {
            if (text[at++] == '\n') {
                return;
            }
        }
        throw new ProcFormatException("the text must end with a whole line, cut off at byte " + at);
    }
}
