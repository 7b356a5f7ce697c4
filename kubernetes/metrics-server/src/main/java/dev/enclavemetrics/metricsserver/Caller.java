package dev.enclavemetrics.metricsserver;

/**
 * Who asks, and how the request came.
 *
 * @param address of the peer, without the port
 * @param proxied whether the front proxy vouches for the user, and not the user himself
 */
record Caller(User user, String address, boolean proxied) {

    /** What shares of scarce places go by: a user, or an address where nobody proved a name. */
    String share() {
        return user.isAnonymous() && !proxied ? address : user.name();
    }
}
