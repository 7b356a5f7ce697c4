package dev.enclavemetrics.metricsserver.selector;

import dev.enclavemetrics.metricsserver.selector.LabelRequirement.Operator;
import dev.enclavemetrics.metricsserver.selector.SelectorTokens.Kind;
import dev.enclavemetrics.metricsserver.selector.SelectorTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parses label selectors exactly as kube-apiserver does, edge cases included: {@code a in (,)} and
 * {@code a=} contain the empty value, and {@code in} is a key or a value where no operator is
 * possible.
 */
final class SelectorParser {

    private final SelectorTokens tokens;

    SelectorParser(String text) {
        tokens = new SelectorTokens(text);
    }

    List<LabelRequirement> parse() {
        List<LabelRequirement> requirements = new ArrayList<>();
        if (tokens.peek().kind() == Kind.END) {
            return requirements;
        }
        while (true) {
            requirements.add(requirement());
            Token token = tokens.next();
            if (token.kind() == Kind.END) {
                return requirements;
            }
            if (token.kind() != Kind.COMMA) {
                throw expected("',' or the end", token);
            }
        }
    }

    private LabelRequirement requirement() {
        boolean negated = tokens.peek().kind() == Kind.NOT;
        if (negated) {
            tokens.next();
        }
        String key = word("a label's key or '!'", tokens.next());
        Kind follows = tokens.peek().kind();
        if (negated || follows == Kind.END || follows == Kind.COMMA) {
            return new LabelRequirement(
                    key, negated ? Operator.NOT_EXISTS : Operator.EXISTS, Set.of());
        }
        Token operator = tokens.next();
        return switch (operator.kind()) {
            case EQUALS -> new LabelRequirement(key, Operator.IN, Set.of(value()));
            case NOT_EQUALS -> new LabelRequirement(key, Operator.NOT_IN, Set.of(value()));
            case GREATER -> new LabelRequirement(key, Operator.GREATER, Set.of(value()));
            case LESS -> new LabelRequirement(key, Operator.LESS, Set.of(value()));
            case IN -> new LabelRequirement(key, Operator.IN, values());
            case NOT_IN -> new LabelRequirement(key, Operator.NOT_IN, values());
            default -> throw expected("=, ==, !=, in, notin, > or <", operator);
        };
    }

    private String value() {
        Kind follows = tokens.peek().kind();
        return follows == Kind.END || follows == Kind.COMMA ? "" : word("a value", tokens.next());
    }

    private Set<String> values() {
        Token open = tokens.next();
        if (open.kind() != Kind.OPEN) {
            throw expected("'('", open);
        }
        Set<String> values = new TreeSet<>();
        if (tokens.peek().kind() == Kind.CLOSE) {
            tokens.next();
            return values; // refused by the requirement
        }
        while (true) {
            Kind follows = tokens.peek().kind();
            values.add(
                    follows == Kind.COMMA || follows == Kind.CLOSE
                            ? ""
                            : word("a value", tokens.next()));
            Token token = tokens.next();
            if (token.kind() == Kind.CLOSE) {
                return values;
            }
            if (token.kind() != Kind.COMMA) {
                throw expected("',' or ')'", token);
            }
        }
    }

    private static String word(String what, Token token) {
        return switch (token.kind()) {
            case WORD, IN, NOT_IN -> token.text();
            default -> throw expected(what, token);
        };
    }

    private static IllegalArgumentException expected(String what, Token found) {
        return new IllegalArgumentException(
                "expected "
                        + what
                        + ", found "
                        + (found.kind() == Kind.END ? "the end" : '"' + found.text() + '"'));
    }
}
