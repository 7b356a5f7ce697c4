package dev.enclavemetrics.metricsserver.selector;

/** Splits a label selector into tokens. */
final class SelectorTokens {

    enum Kind {
        WORD,
        IN,
        NOT_IN,
        EQUALS,
        NOT_EQUALS,
        GREATER,
        LESS,
        NOT,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    record Token(Kind kind, String text) {}

    private static final String SPECIAL = "=!(),<>";
    private static final String SPACE = " \t\r\n";
    private static final int MAX_WORD_CHARS = 320; // fits a key with the longest prefix and name

    private final String text;
    private int position;
    private Token peeked;

    SelectorTokens(String text) {
        this.text = text;
        peeked = read();
    }

    Token peek() {
        return peeked;
    }

    Token next() {
        Token token = peeked;
        if (token.kind() != Kind.END) {
            peeked = read();
        }
        return token;
    }

    private Token read() {
        while (position < text.length() && SPACE.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (position == text.length()) {
            return new Token(Kind.END, "");
        }
        int start = position;
        char c = text.charAt(position++);
        return switch (c) {
            case '(' -> new Token(Kind.OPEN, "(");
            case ')' -> new Token(Kind.CLOSE, ")");
            case ',' -> new Token(Kind.COMMA, ",");
            case '>' -> new Token(Kind.GREATER, ">");
            case '<' -> new Token(Kind.LESS, "<");
            case '=' -> new Token(Kind.EQUALS, followsEquals() ? "==" : "=");
            case '!' ->
                    followsEquals() ? new Token(Kind.NOT_EQUALS, "!=") : new Token(Kind.NOT, "!");
            default -> word(start);
        };
    }

    private boolean followsEquals() {
        boolean follows = position < text.length() && text.charAt(position) == '=';
        if (follows) {
            position++;
        }
        return follows;
    }

    private Token word(int start) {
        while (position < text.length() && isWord(text.charAt(position))) {
            position++;
        }
        if (position - start > MAX_WORD_CHARS) {
            throw new IllegalArgumentException(
                    "a word must have at most "
                            + MAX_WORD_CHARS
                            + " characters, found "
                            + (position - start));
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "in" -> new Token(Kind.IN, word);
            case "notin" -> new Token(Kind.NOT_IN, word);
            default -> new Token(Kind.WORD, word);
        };
    }

    private static boolean isWord(char c) {
        return SPECIAL.indexOf(c) < 0 && SPACE.indexOf(c) < 0;
    }
}
