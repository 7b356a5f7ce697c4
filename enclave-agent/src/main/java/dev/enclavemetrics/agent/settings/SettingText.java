package dev.enclavemetrics.agent.settings;

/** The forms of the settings' values. Each method returns -1 if the text does not have the form. */
final class SettingText {

    private static final int MAX_DIGITS = 9; // fits an int
    private static final long MAX_PARTS = Integer.MAX_VALUE;
    private static final double MAX_ERROR = 1e-6;

    private SettingText() {}

    /** A number without a sign. */
    static int number(String text) {
        int digits = digits(text, 0);
        return digits > 0 && digits <= MAX_DIGITS && digits == text.length()
                ? Integer.parseInt(text)
                : -1;
    }

    /** A number with the unit ms, s or m, in ms. */
    static long durationMs(String text) {
        int digits = digits(text, 0);
        int number = number(text.substring(0, digits));
        if (number < 0) {
            return -1;
        }
        return switch (text.substring(digits)) {
            case "ms" -> number;
            case "s" -> number * 1000L;
            case "m" -> number * 60_000L;
            default -> -1;
        };
    }

    /** A file's mode: three octal digits, and a 0 before them or not. */
    static int octalMode(String text) {
        int digits = digits(text, 0);
        boolean three = digits == 3 || (digits == 4 && text.charAt(0) == '0');
        if (three && digits == text.length()) {
            try {
                return Integer.parseInt(text, 8);
            } catch (NumberFormatException e) {
                // 8 or 9
            }
        }
        return -1;
    }

    /** N of a decimal number that is 1/N. */
    static int partsOfOne(String text) {
        int whole = digits(text, 0);
        boolean decimal =
                whole > 0
                        && text.startsWith(".", whole)
                        && whole + 1 + digits(text, whole + 1) == text.length();
        if (!decimal) { // the JDK also accepts hexadecimal and other forms
            return -1;
        }
        double parts = 1 / Double.parseDouble(text);
        long rounded = Math.round(parts);
        return rounded <= MAX_PARTS && Math.abs(parts - rounded) < MAX_ERROR * rounded
                ? (int) rounded
                : -1;
    }

    /** Counts the ASCII digits from a position on; the JDK would accept those of other scripts. */
    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - from;
    }
}
