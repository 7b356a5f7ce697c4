package dev.enclavemetrics.kubectl.query;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the quantities of Kubernetes with decimal suffixes, as values of metrics have them. */
final class Quantity {

    private static final Pattern FORM =
            Pattern.compile("(-?[0-9]{1,19}(?:\\.[0-9]{1,12})?)([numkMGTPE]?)");

    private static final String SUFFIXES = "num kMGTPE";

    /** The place of the suffix for 1: none. */
    private static final int ONE = SUFFIXES.indexOf(' ');

    private Quantity() {}

    /** The number, or null if the text is not such a quantity. */
    static @Nullable BigDecimal of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String suffix = matcher.group(2);
        int thousands = suffix.isEmpty() ? 0 : SUFFIXES.indexOf(suffix) - ONE;
        return new BigDecimal(matcher.group(1)).movePointRight(3 * thousands);
    }
}
