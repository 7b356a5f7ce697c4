package dev.enclavemetrics.metricsserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who asks, as the API server would know them. */
record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    static final User ANONYMOUS =
            new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    private static final String AUTHENTICATED = "system:authenticated";
    private static final String MASTERS = "system:masters";

    User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** The same, in the group of all whose name was proven. */
    User authenticated() {
        if (groups.contains(AUTHENTICATED)) {
            return this;
        }
        List<String> more = new ArrayList<>(groups);
        more.add(AUTHENTICATED);
        return new User(name, uid, more, extra);
    }

    boolean mayAll() {
        return groups.contains(MASTERS);
    }
}
