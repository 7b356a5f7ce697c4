package dev.enclavemetrics.agent.round;

/** Powers of ten. {@code Math.pow} needs classes that the image's JRE does not have. */
public final class PowerOfTen {

    /** All that are exact. */
    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private PowerOfTen() {}

    /**
     * The power; infinite above 308.
     *
     * @param exponent 0 or more
     */
    public static double of(int exponent) {
        int largest = EXACT.length - 1;
        double power = 1;
        int left = exponent;
        while (left > largest) {
            power *= EXACT[largest];
            left -= largest;
        }
        return power * EXACT[left];
    }
}
