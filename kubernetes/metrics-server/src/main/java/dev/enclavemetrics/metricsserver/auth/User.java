package dev.enclavemetrics.metricsserver.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who asks, as the API server would know them. */
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
     * The same, in the group of all whose name was proven. A front proxy also passes on requests of
     * those who proved none; they stay what they are, as in the API server.
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

    boolean mayAll() {
        return groups.contains(MASTERS);
    }
}
