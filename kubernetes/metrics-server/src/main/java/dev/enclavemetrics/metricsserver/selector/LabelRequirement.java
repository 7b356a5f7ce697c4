package dev.enclavemetrics.metricsserver.selector;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One requirement of a label selector.
 *
 * @param values those of IN and NOT_IN, the one whole number of GREATER and LESS, else none
 */
public record LabelRequirement(String key, Operator operator, Set<String> values) {

    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        NOT_EXISTS,
        GREATER,
        LESS
    }

    private static final int MAX_NAME_CHARS = 63;
    private static final int MAX_PREFIX_CHARS = 253;

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile(
                    "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,19}");

    public LabelRequirement {
        values = Set.copyOf(values);
        if (!isKey(key)) {
            throw new IllegalArgumentException(
                    "a label's key must be NAME or PREFIX/NAME, found " + quote(key));
        }
        for (String value : values) {
            if (!isValue(value)) {
                throw new IllegalArgumentException(
                        "a label's value must be at most "
                                + MAX_NAME_CHARS
                                + " letters, digits, '-', '_' and '.', a letter or digit at both"
                                + " ends, found "
                                + quote(value));
            }
        }
        switch (operator) {
            case IN, NOT_IN -> require(!values.isEmpty(), "in and notin must have values", key);
            case EXISTS, NOT_EXISTS -> require(values.isEmpty(), "exists must have no values", key);
            case GREATER, LESS ->
                    require(
                            values.size() == 1 && isNumber(values.iterator().next()),
                            "> and < must have one whole number of 64 bits",
                            key);
        }
    }

    private static void require(boolean holds, String rule, String key) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", found something else for " + quote(key));
        }
    }

    boolean holds(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case NOT_EXISTS -> value == null;
            case GREATER -> value != null && isNumber(value) && number(value) > bound();
            case LESS -> value != null && isNumber(value) && number(value) < bound();
        };
    }

    private long bound() {
        return number(values.iterator().next());
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    private static boolean isNumber(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return false;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false; // 19 digits may exceed 64 bits
        }
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? null : key.substring(0, slash);
        return isName(key.substring(slash + 1))
                && (prefix == null
                        || (prefix.length() <= MAX_PREFIX_CHARS
                                && PREFIX.matcher(prefix).matches()));
    }

    private static boolean isName(String text) {
        return text.length() <= MAX_NAME_CHARS && NAME.matcher(text).matches();
    }

    private static boolean isValue(String text) {
        return text.isEmpty() || isName(text);
    }

    private static String quote(String text) {
        return '"' + text.substring(0, Math.min(text.length(), MAX_PREFIX_CHARS)) + '"';
    }
}
