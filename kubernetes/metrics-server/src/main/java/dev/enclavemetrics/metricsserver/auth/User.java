package dev.enclavemetrics.metricsserver.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The user of a request, as in a TokenReview. */
record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";
    private static final String MASTERS = "system:masters";

    static final User ANONYMOUS =
            new User("system:anonymous", "", List.of(UNAUTHENTICATED), Map.of());

    User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /**
     * The same user in the group of authenticated users. Anonymous users, whose requests a front
     * proxy forwards too, stay as they are, as in the API server.
     */
    User authenticated() {
        if (isAnonymous() || groups.contains(UNAUTHENTICATED) || groups.contains(AUTHENTICATED)) {
            return this;
        }
        List<String> more = new ArrayList<>(groups);
        more.add(AUTHENTICATED);
        return new User(name, uid, more, extra);
    }

    boolean isAnonymous() {
        return name.equals(ANONYMOUS.name);
    }

    boolean isSuperuser() {
        return groups.contains(MASTERS);
    }
}
