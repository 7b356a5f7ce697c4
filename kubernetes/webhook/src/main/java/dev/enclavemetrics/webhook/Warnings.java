package dev.enclavemetrics.webhook;

import dev.enclavemetrics.bootstrap.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * What kubectl shows beside a success. The API server asks for at most 120 characters each, and
 * cuts all of them together at 4096 (kubernetes.io, "Dynamic Admission Control", response).
 */
final class Warnings {

    static final int MAX_CHARACTERS = 120;
    static final int MAX_COUNT = 30;

    private final String subject;
    private final List<String> warnings = new ArrayList<>();
    private int more;

    /**
     * No warnings yet.
     *
     * @param subject the object that each one begins with
     */
    Warnings(String subject) {
        this.subject = Words.shortened(subject, 40);
    }

    void add(String warning) {
        if (warnings.size() < MAX_COUNT) {
            warnings.add(Words.shortened(Log.oneLine(subject + ": " + warning), MAX_CHARACTERS));
        } else {
            more++;
        }
    }

    List<String> list() {
        List<String> all = new ArrayList<>(warnings);
        if (more > 0) {
            all.add(subject + ": and " + more + " more of these");
        }
        return List.copyOf(all);
    }
}
