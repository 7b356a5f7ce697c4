package dev.enclavemetrics.agent.sample;

/**
 * A cursor over the text of a {@code /proc} file: words, numbers, lines. Works on bytes, allocates
 * nothing, and is reused for each read.
 */
public final class ProcText {

    /**
     * Above anything a kernel writes, an underflowed counter of ns included, and low enough that no
     * sum and no change of unit overflows.
     */
    private static final long MAX_NUMBER = (1L << 50) - 1;

    private byte[] text = new byte[0];
    private int end;
    private int at;

    /** Starts at the beginning of the first {@code length} bytes. */
    public ProcText over(byte[] text, int length) {
        this.text = text;
        this.end = length;
        this.at = 0;
        return this;
    }

    public boolean atEnd() {
        return at >= end;
    }

    /** The position of the next byte. */
    int at() {
        return at;
    }

    /** Moves to a position; false if no line begins there. */
    boolean toLine(int start) {
        if (start >= end || (start > 0 && text[start - 1] != '\n')) {
            return false;
        }
        at = start;
        return true;
    }

    /** Moves past a word at the beginning of a line, from here on; false if no line has it. */
    boolean toLine(byte[] word) {
        while (!take(word)) {
            skipPast('\n');
            if (atEnd()) {
                return false;
            }
        }
        return true;
    }

    /** Moves past a word at the beginning of one of the last lines; false if none has it. */
    boolean toLastLine(byte[] word, int lines) {
        int start = end;
        for (int line = 0; line < lines && start > 0; line++) {
            start--; // the end of the line before
            while (start > 0 && text[start - 1] != '\n') {
                start--;
            }
            at = start;
            if (take(word)) {
                return true;
            }
        }
        return false;
    }

    /** The number of bytes up to the end. */
    int left() {
        return end - at;
    }

    /** The next byte; there must be one. */
    public byte peek() {
        return text[at];
    }

    /** Skips the word if it is next. */
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

    /** Moves past the last occurrence of a byte, or to the end if there is none. */
    public void skipPastLast(char wanted) {
        int last = end;
        while (last > at && text[last - 1] != wanted) {
            last--;
        }
        at = last == at ? end : last;
    }

    /** Moves past the next occurrence of a byte, or to the end if there is none. */
    void skipPast(char wanted) {
        while (at < end && text[at++] != wanted) {}
    }

    public boolean atDigit() {
        return at < end && text[at] >= '0' && text[at] <= '9';
    }

    public void skipSpaces() {
        while (at < end && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
    }

    /** Skips the rest of a word, up to a space or the end of the line. */
    public void skipWord() {
        while (at < end && text[at] != ' ' && text[at] != '\n') {
            at++;
        }
    }

    /**
     * Reads a decimal number, after optional spaces.
     *
     * @return at most {@link #MAX_NUMBER}
     * @throws ProcFormatException if there is none, or a larger one
     */
    public long number() {
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
     * Skips the rest of the line.
     *
     * @throws ProcFormatException if the text is truncated within the line
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
