package dev.enclavemetrics.launcher.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One buffer that all connections of an event loop read into, since each read is done with before
 * the next; another where a read's bytes are kept, because the request has not come to its end.
 */
final class KeptReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    private final int size;
    private @Nullable ByteBuf kept;

    /**
     * Makes none yet.
     *
     * @param size what is read at once, in bytes
     */
    KeptReadBuffer(int size) {
        super(1); // then it is another connection's turn
        this.size = size;
    }

    private ByteBuf buffer(ByteBufAllocator allocator) {
        ByteBuf buffer = kept;
        if (buffer == null || buffer.refCnt() > 1) {
            ByteBuf next = allocator.ioBuffer(size, size); // first, since it may fail
            if (buffer != null) {
                buffer.release(); // its last reader releases it for the last time
            }
            kept = next;
            buffer = next;
        }
        return buffer.clear().retain();
    }

    @Override
    public ExtendedHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return size;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return buffer(allocator);
            }
        };
    }
}
