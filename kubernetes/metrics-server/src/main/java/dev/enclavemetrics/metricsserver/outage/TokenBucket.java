package dev.enclavemetrics.metricsserver.outage;

/** A token bucket: allows a burst, and then a rate per second. For one thread. */
final class TokenBucket {

    private static final double NS_PER_SECOND = 1e9;

    private final double capacity;
    private final double perSecond;
    private double tokens;
    private long filledNs;

    TokenBucket(int capacity, double perSecond, long nowNs) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        tokens = capacity;
        filledNs = nowNs;
    }

    boolean take(long nowNs) {
        tokens = Math.min(capacity, tokens + (nowNs - filledNs) / NS_PER_SECOND * perSecond);
        filledNs = nowNs;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
