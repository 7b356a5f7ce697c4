package dev.enclavemetrics.launcher.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The last request without a body, of any connection, with the bytes that it came as. For the event
 * loop's thread only.
 */
final class LastRequest {

    /** Longer ones are seldom, and are not kept. */
    private static final int MAX_BYTES = 1024;

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private @Nullable HttpRequest request;

    /** The request that these bytes are, all of them, if they are the last one's; or null. */
    @Nullable HttpRequest requestOf(ByteBuf received) {
        return request != null && ByteBufUtil.equals(received, bytes) ? request : null;
    }

    /**
     * Keeps a request.
     *
     * @param received has its bytes, from {@code begin} to the reader's index
     */
    void remember(ByteBuf received, int begin, HttpRequest decoded) {
        int length = received.readerIndex() - begin;
        if (length <= MAX_BYTES) {
            byte[] copy = new byte[length];
            received.getBytes(begin, copy);
            bytes = Unpooled.wrappedBuffer(copy);
            request = decoded;
        }
    }
}
