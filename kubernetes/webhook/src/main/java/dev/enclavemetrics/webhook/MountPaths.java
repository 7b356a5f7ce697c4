package dev.enclavemetrics.webhook;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of a container's files, compared as its runtime does. */
final class MountPaths {

    private static final String VAR_RUN = "/var/run"; // a link to /run in any image
    private static final String RUN = "/run";

    private MountPaths() {}

    /**
     * From the root, without empty parts, dots and a slash at the end; the root itself is empty.
     */
    static String normalized(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "" : "/" + String.join("/", parts);
    }

    /** Whether a normalized path is a normalized folder, or below it. */
    static boolean isWithin(String path, String folder) {
        return (path + "/").startsWith(folder + "/");
    }

    /** Whether of two mounts one would hide the other, or lie in it. */
    static boolean collide(String one, String other) {
        String first = real(one);
        String second = real(other);
        return isWithin(first, second) || isWithin(second, first);
    }

    private static String real(String path) {
        String normalized = normalized(path);
        return isWithin(normalized, VAR_RUN)
                ? RUN + normalized.substring(VAR_RUN.length())
                : normalized;
    }
}
