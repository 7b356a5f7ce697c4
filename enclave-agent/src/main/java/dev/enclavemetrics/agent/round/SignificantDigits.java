package dev.enclavemetrics.agent.round;

/**
 * Rounds values of any size to about the same relative error.
 *
 * @param digits that are kept, at least 1
 */
public record SignificantDigits(int digits) {

    /** Below it, 10 to the power of the digits would not be a number. */
    private static final double MIN = 1e-300;

    /**
     * Rounds to the nearest value with this many digits.
     *
     * @param value finite
     */
    public double rounded(double value) {
        if (Math.abs(value) < MIN) {
            return 0;
        }
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
        int shift = digits - 1 - exponent;
        double power = PowerOfTen.of(Math.abs(shift)); // exact where a negative one is not
        double rounded =
                shift < 0 ? Math.rint(value / power) * power : Math.rint(value * power) / power;
        return Double.isFinite(rounded) ? rounded : value;
    }
}
