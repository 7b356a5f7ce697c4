package dev.enclavemetrics.kubectl.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warnings about missing values. The same warning for many namespaces is one line. */
final class Warnings {

    private record Missing(String message, List<String> places) {}

    private final Map<String, Missing> missing = new LinkedHashMap<>();

    /**
     * Notes that something is missing.
     *
     * @param what such as {@code reasons}
     * @param place such as {@code namespace shop}
     */
    void add(String what, String place, String message) {
        missing.computeIfAbsent(what, w -> new Missing(message, new ArrayList<>()))
                .places()
                .add(place);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        missing.forEach(
                (what, of) -> {
                    int more = of.places().size() - 1;
                    lines.add(
                            what
                                    + " of "
                                    + of.places().get(0)
                                    + (more > 0 ? " and " + more + " more" : "")
                                    + " are not shown: "
                                    + of.message());
                });
        return lines;
    }
}
