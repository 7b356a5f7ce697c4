package dev.enclavemetrics.metricsserver.auth;

/**
 * The client of a request.
 *
 * @param address of the peer, without the port
 * @param proxied whether the user was authenticated by the front proxy
 */
record Caller(User user, String address, boolean proxied) {

    /** The client's key for fair sharing: its user, or its address if not authenticated. */
    String share() {
        return user.isAnonymous() && !proxied ? address : user.name();
    }
}
