package dev.enclavemetrics.agent.application;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the few lines of an exposition that are needed. Uses C if the native library is loaded: the
 * interpreter in the image would need more than 2 % of a core for a megabyte per second.
 */
final class LineFinder {

    private static final byte[] TYPE = ascii("# TYPE ");

    private final byte[] names;
    private boolean isNative = true;

    /** Finds sample lines and type lines of these metrics. */
    LineFinder(List<Selector> selectors) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Selector selector : selectors) {
            add(all, selector.nameBytes());
            for (String family : selector.families()) {
                add(all, ascii("# TYPE " + family));
            }
        }
        names = all.toByteArray();
    }

    private static void add(ByteArrayOutputStream all, byte[] name) {
        all.write(name.length);
        all.write(name, 0, name.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns a finder that searches in Java, as without a native library. */
    LineFinder inJava() {
        isNative = false;
        return this;
    }

    /**
     * Searches for the next line that is needed.
     *
     * @param from where a line begins
     * @return where the line begins, or -1 - N if there is none in the complete lines, which end at
     *     N
     */
    int find(byte[] text, int from, int to) {
        if (isNative) {
            try {
                return find0(text, from, to, names);
            } catch (UnsatisfiedLinkError e) { // jnr is used instead of the native library
                isNative = false;
            }
        }
        int at = from;
        while (true) {
            int end = at;
            while (end < to && text[end] != '\n') {
                end++;
            }
            if (end == to) {
                return -1 - at;
            }
            if (isNeeded(text, at, end)) {
                return at;
            }
            at = end + 1;
        }
    }

    private boolean isNeeded(byte[] text, int from, int end) {
        for (int name = 0; name < names.length; name += 1 + names[name]) {
            int length = names[name];
            if (length <= end - from && text[from] == names[name + 1]) {
                int same = 1;
                while (same < length && text[from + same] == names[name + 1 + same]) {
                    same++;
                }
                if (same == length && !isNameByte(text[from + length])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether a found line is a type line; the name of the family follows. */
    static boolean saysType(byte[] text, int from, int end) {
        return end - from >= TYPE.length
                && Arrays.equals(text, from, from + TYPE.length, TYPE, 0, TYPE.length);
    }

    /** Returns where the name of the family begins in a type line. */
    static int family(int from) {
        return from + TYPE.length;
    }

    static boolean isNameByte(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == ':';
    }

    private static native int find0(byte[] text, int from, int to, byte[] names);
}
