package dev.enclavemetrics.webhook.admission;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Quantities of HPA targets and of containers' resources (apimachinery, resource.Quantity). */
public final class Quantity {

    private static final String[] SUFFIXES = {"m", "", "k", "M", "G"};
    private static final int THOUSAND = 1000;
    private static final int MILLI_PER_PERCENT = 10;

    // Bounded, so that no exponent and no length can take much time or memory.
    private static final Pattern FORM =
            Pattern.compile(
                    "([+-]?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18}))"
                            + "(?:[eE]([+-]?\\d{1,2})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)");

    private static final Map<String, BigDecimal> FACTORS =
            Map.ofEntries(
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /**
     * A percentage as a fraction, in the canonical form that the API server itself would write: 75
     * is {@code 750m}, 100 is {@code 1}. The API server would rewrite another form, so that the HPA
     * would differ from what Git holds.
     */
    public static String ofPercent(int percent) {
        long number = (long) percent * MILLI_PER_PERCENT;
        int suffix = 0;
        while (number % THOUSAND == 0 && suffix < SUFFIXES.length - 1) {
            number /= THOUSAND;
            suffix++;
        }
        return number + SUFFIXES[suffix];
    }

    /** The value of a JSON string or number, or null if it is not a quantity. */
    public static @Nullable BigDecimal parse(JsonNode node) {
        if (!node.isString() && !node.isNumber()) {
            return null;
        }
        Matcher matcher = FORM.matcher(node.asString());
        if (!matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String exponent = matcher.group(2);
        if (exponent != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        String suffix = matcher.group(3);
        return suffix == null
                ? number
                : number.multiply(FACTORS.getOrDefault(suffix, BigDecimal.ONE));
    }
}
