package dev.enclavemetrics.webhook.admission;

import dev.enclavemetrics.bootstrap.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings, which kubectl shows even if the request succeeds. The API server recommends at most 120
 * characters each, and truncates all of them together at 4096 (kubernetes.io, "Dynamic Admission
 * Control", response).
 */
public final class Warnings {

    private static final int MAX_CHARACTERS = 120;
    private static final int MAX_COUNT = 30;

    private final String subject;
    private final List<String> warnings = new ArrayList<>();
    private int more;

    /**
     * An empty list.
     *
     * @param subject the object, with which each warning begins
     */
    public Warnings(String subject) {
        this.subject = Log.shortened(subject, 40);
    }

    public void add(String warning) {
        if (warnings.size() < MAX_COUNT) {
            warnings.add(Log.shortened(Log.oneLine(subject + ": " + warning), MAX_CHARACTERS));
        } else {
            more++;
        }
    }

    public List<String> list() {
        List<String> all = new ArrayList<>(warnings);
        if (more > 0) {
            all.add(subject + ": and " + more + " more of these");
        }
        return List.copyOf(all);
    }
}
