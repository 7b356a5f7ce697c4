package dev.enclavemetrics.webhook.pod;

import java.util.ArrayDeque;
import java.util.Deque;

/** Compares paths in a container as its runtime does. */
final class MountPaths {

    private static final String VAR_RUN = "/var/run"; // a link to /run in any image
    private static final String RUN = "/run";

    private MountPaths() {}

    /** The path without empty parts, dots and a trailing slash. The root becomes an empty text. */
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

    /** Whether a path is the folder or below it; both normalized. */
    static boolean isWithin(String path, String folder) {
        return (path + "/").startsWith(folder + "/");
    }

    /** Whether one of two mounts would be inside the other. */
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
