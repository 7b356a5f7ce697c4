package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.agent.round.PowerOfTen;
import java.io.IOException;

/** A cursor over one line of an exposition. Works on bytes and allocates nothing. */
final class LineText {

    /** More digits do not change the value by more than its rounding. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_EXPONENT = 9999;

    private byte[] text = new byte[0];
    private int end;
    private int at;

    /** Starts at {@code from}; the line ends before {@code end}. */
    void over(byte[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end > from && text[end - 1] == '\r' ? end - 1 : end;
    }

    /** Skips a name; returns where it ends. */
    int skipName() {
        while (at < end && LineFinder.isNameByte(text[at])) {
            at++;
        }
        return at;
    }

    int at() {
        return at;
    }

    boolean isAt(char c) {
        return at < end && text[at] == c;
    }

    boolean take(char c) {
        if (isAt(c)) {
            at++;
            return true;
        }
        return false;
    }

    /** Takes a word that ends here, or before a space. */
    boolean takeWord(byte[] word) {
        if (!regionIs(at, Math.min(end, at + word.length), word)
                || (at + word.length < end && text[at + word.length] > ' ')) {
            return false;
        }
        at += word.length;
        return true;
    }

    boolean regionIs(int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    void skipSpaces() {
        while (at < end && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
    }

    /** Skips the value of a label after its opening quotation mark; returns where it ends. */
    int skipLabelValue() throws IOException {
        while (at < end && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            throw malformed("the value of a label must end with a quotation mark");
        }
        return at++;
    }

    /**
     * Reads the value of a series: a decimal number, NaN or an infinity. Within some units of the
     * last place, which later rounding hides.
     */
    double number() throws IOException {
        skipSpaces();
        boolean negative = take('-');
        if (!negative) {
            take('+');
        }
        if (at < end && (text[at] < '0' || text[at] > '9') && text[at] != '.') {
            return notFinite(negative);
        }
        long digits = 0;
        int exponent = 0;
        int count = 0;
        boolean point = false;
        boolean some = false;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (text[at] == '.' && !point) {
                point = true;
                continue;
            }
            if (digit < 0 || digit > 9) {
                break;
            }
            some = true;
            if (count < MAX_DIGITS) {
                digits = digits * 10 + digit;
                count += digits == 0 ? 0 : 1;
                exponent -= point ? 1 : 0;
            } else {
                exponent += point ? 0 : 1;
            }
        }
        if (!some) {
            throw malformed("a value must be a number");
        }
        exponent += exponent();
        requireEndOfWord();
        double value = scaled(digits, exponent);
        return negative ? -value : value;
    }

    private int exponent() throws IOException {
        if (!take('e') && !take('E')) {
            return 0;
        }
        boolean negative = take('-');
        if (!negative) {
            take('+');
        }
        int exponent = 0;
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + text[at++] - '0');
        }
        if (at == start) {
            throw malformed("an exponent must be a number");
        }
        return negative ? -exponent : exponent;
    }

    private static double scaled(long digits, int exponent) {
        if (digits == 0 || exponent == 0) {
            return digits;
        }
        int size = Math.min(Math.abs(exponent), 700);
        // In two steps, since 10 to the power of 309 does not exist but 1e18 × 1e-320 does.
        double first = PowerOfTen.of(Math.min(size, 300));
        double second = PowerOfTen.of(size - Math.min(size, 300));
        return exponent < 0 ? digits / first / second : digits * first * second;
    }

    /** NaN, Inf or Infinity, in any case. */
    private double notFinite(boolean negative) throws IOException {
        int start = at;
        while (at < end && text[at] > ' ') {
            at++;
        }
        if (isWord(start, "nan")) {
            return Double.NaN;
        }
        if (isWord(start, "inf") || isWord(start, "infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw malformed("a value must be a number");
    }

    private boolean isWord(int start, String word) {
        if (at - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((text[start + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void requireEndOfWord() throws IOException {
        if (at < end && text[at] != ' ' && text[at] != '\t') {
            throw malformed("a value must be a number");
        }
    }

    static IOException malformed(String rule) {
        return new IOException("a line of a selected metric is malformed: " + rule);
    }
}
