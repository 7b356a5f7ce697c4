package dev.enclavemetrics.bootstrap;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;

/** Writes one line per event: time, level, message. Thread-safe. */
public final class Log {

    private final PrintStream lines;
    private final InstantSource clock;

    public Log(PrintStream lines, InstantSource clock) {
        this.lines = lines;
        this.clock = clock;
    }

    public void info(String message) {
        write("INFO ", message);
    }

    public void warn(String message) {
        write("WARN ", message);
    }

    public void error(String message) {
        write("ERROR", message);
    }

    /** Synchronized, so that lines are in the order of their times. */
    private synchronized void write(String level, String message) {
        lines.println(Timestamps.format(clock.instant()) + " " + level + " " + oneLine(message));
    }

    /** A failure's message, or its class name if it has none. */
    public static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** Foreign text for a message, shortened with an ellipsis if it is long. */
    public static String shortened(String text, int maxCharacters) {
        if (text.length() <= maxCharacters) {
            return text;
        }
        int end = maxCharacters - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--; // never half a character
        }
        return text.substring(0, end) + "…";
    }

    /** Escapes control characters: a message may quote a peer, which must not forge lines. */
    public static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                default -> line.append(c);
            }
        }
        return line.toString();
    }
}
