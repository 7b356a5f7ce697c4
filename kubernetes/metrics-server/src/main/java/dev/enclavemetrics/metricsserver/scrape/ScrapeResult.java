package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.metricsserver.store.Point;
import dev.enclavemetrics.metricsserver.store.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The result of one scrape: a point, or the reason why there is none.
 *
 * @param outcome one word of a bounded set, for the counter
 */
record ScrapeResult(String outcome, @Nullable Point point, Reason reason) {

    private static final String SUCCESS = "Success";

    /** A success with an implausible timestamp. */
    private static final String CLOCK_SKEWED = "SuccessClockSkewed";

    /** A success with an application metric that was left out because it is invalid. */
    private static final String VALUE_IGNORED = "SuccessValueIgnored";

    static ScrapeResult of(Point point, boolean clockSkewed, boolean valueIgnored) {
        String outcome = valueIgnored ? VALUE_IGNORED : SUCCESS;
        return new ScrapeResult(clockSkewed ? CLOCK_SKEWED : outcome, point, Reason.FRESH);
    }

    static ScrapeResult failure(String word, String detail) {
        return new ScrapeResult(word, null, new Reason(word, detail));
    }

    /** A status other than 200; counted by class, since the peer chooses the number. */
    static ScrapeResult status(int code, LauncherError error) {
        String outcome = code >= 300 && code <= 599 ? "Http" + code / 100 + "xx" : "HttpOther";
        Reason reason =
                error.reason().equals(Reason.ENDED)
                        ? new Reason(Reason.ENDED, error.message())
                        : new Reason("Http" + code, error.reason());
        return new ScrapeResult(outcome, null, reason);
    }
}
