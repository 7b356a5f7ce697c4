package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.store.Point;
import java.util.stream.IntStream;

/** Kubernetes quantities from 0 to 1 in canonical form, such as {@code 437m} and {@code 1}. */
final class Quantity {

    private static final String[] MILLI =
            IntStream.rangeClosed(0, Point.WHOLE_MILLI)
                    .mapToObj(milli -> milli % 1000 == 0 ? "" + milli / 1000 : milli + "m")
                    .toArray(String[]::new);

    private Quantity() {}

    /**
     * @param milli thousandths, 0 to 1000
     */
    static String ofMilli(int milli) {
        return MILLI[milli];
    }
}
