package dev.enclavemetrics.agent.application;

import java.nio.charset.StandardCharsets;

/** A body that is read in pieces of a given size. */
final class TextBody implements Body {

    private final byte[] text;
    private final int piece;
    private int at;

    TextBody(String text, int piece) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.piece = piece;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (at == text.length) {
            return -1;
        }
        int count = Math.min(Math.min(length, piece), text.length - at);
        System.arraycopy(text, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() {
        at = 0;
    }
}
