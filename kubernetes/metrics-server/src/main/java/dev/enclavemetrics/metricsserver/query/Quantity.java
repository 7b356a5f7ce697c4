package dev.enclavemetrics.metricsserver.query;

import dev.enclavemetrics.metricsserver.store.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.IntStream;

/** Kubernetes quantities in canonical form, such as {@code 437m}, {@code 1} and {@code 60k}. */
final class Quantity {

    private static final String[] MILLI =
            IntStream.rangeClosed(0, Point.WHOLE_MILLI)
                    .mapToObj(milli -> milli % 1000 == 0 ? "" + milli / 1000 : milli + "m")
                    .toArray(String[]::new);

    /** Of the powers of 1000, from the smallest that Kubernetes keeps. */
    private static final String[] SUFFIXES = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    private static final int DECIMALS = 9;

    /** What autoscalers calculate with, and enough unless the whole value is smaller. */
    private static final int DECIMALS_FROM_ONE = 3;

    private Quantity() {}

    /**
     * @param milli thousandths, 0 to 1000
     */
    static String ofMilli(int milli) {
        return MILLI[milli];
    }

    /** A finite value below 1e18, either side of zero. From 1 on it has three decimals. */
    static String of(double value) {
        BigDecimal digits =
                BigDecimal.valueOf(value)
                        .setScale(
                                Math.abs(value) < 1 ? DECIMALS : DECIMALS_FROM_ONE,
                                RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        if (digits.signum() == 0) {
            return "0";
        }
        int thousands = Math.floorDiv(-digits.scale(), 3);
        return digits.movePointLeft(3 * thousands).toBigIntegerExact()
                + SUFFIXES[DECIMALS / 3 + thousands];
    }
}
