package dev.enclavemetrics.metricsserver.outage;

/** Allows so many at once, and so many a second from then on. For one thread. */
final class TokenBucket {

    private static final double NS_PER_SECOND = 1e9;

    private final double most;
    private final double perSecond;
    private double tokens;
    private long filledNs;

    TokenBucket(int most, double perSecond, long nowNs) {
        this.most = most;
        this.perSecond = perSecond;
        tokens = most;
        filledNs = nowNs;
    }

    boolean take(long nowNs) {
        tokens = Math.min(most, tokens + (nowNs - filledNs) / NS_PER_SECOND * perSecond);
        filledNs = nowNs;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
