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

    static ScrapeResult of(Point point, boolean clockSkewed) {
        return new ScrapeResult(clockSkewed ? CLOCK_SKEWED : SUCCESS, point, Reason.FRESH);
    }

    static ScrapeResult failure(String word, String detail) {
        return new ScrapeResult(word, null, new Reason(word, detail));
    }

    /** A status other than 200; counted by class, since the peer chooses the number. */
    static ScrapeResult status(int code, String detail) {
        String outcome = code >= 300 && code <= 599 ? "Http" + code / 100 + "xx" : "HttpOther";
        return new ScrapeResult(outcome, null, new Reason("Http" + code, detail));
    }
}
