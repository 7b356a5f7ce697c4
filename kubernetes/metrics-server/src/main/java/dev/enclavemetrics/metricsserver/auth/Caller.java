package dev.enclavemetrics.metricsserver.auth;

/**
 * Who asks, and how the request came.
 *
 * @param address of the peer, without the port
 * @param proxied whether the front proxy vouches for the user, and not the user himself
 */
record Caller(User user, String address, boolean proxied) {

    /** Identifies the client in fair sharing: its user, or its address if not authenticated. */
    String share() {
        return user.isAnonymous() && !proxied ? address : user.name();
    }
}
