package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import org.junit.jupiter.api.Test;

class KeptReadBufferTest {

    private final KeptReadBuffer buffers = new KeptReadBuffer(16);

    /** As direct memory that is used up. */
    private static final class Exhausted extends AbstractByteBufAllocator {
        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("a test's");
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("a test's");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private static ByteBuf allocated(ExtendedHandle connection) {
        return connection.allocate(UnpooledByteBufAllocator.DEFAULT);
    }

    @Test
    void servesAllConnectionsFromOneBuffer() {
        ByteBuf first = allocated(buffers.newHandle());
        first.writeLong(1);
        first.release();

        ByteBuf second = allocated(buffers.newHandle());

        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        assertThat(second.writableBytes()).isEqualTo(16);
    }

    @Test
    void staysWholeWhereAnAllocationFails() {
        ExtendedHandle connection = buffers.newHandle();
        ByteBuf unfinished = allocated(connection);
        unfinished.writeLong(1);
        ByteBufAllocator exhausted = new Exhausted();

        assertThatThrownBy(() -> connection.allocate(exhausted))
                .isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> connection.allocate(exhausted))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(unfinished.readLong()).isEqualTo(1);
        assertThat(allocated(connection)).isNotSameAs(unfinished);
        assertThat(unfinished.release()).as("nobody else has it").isTrue();
    }

    @Test
    void leavesABufferToWhoeverStillReadsIt() {
        ExtendedHandle connection = buffers.newHandle();
        ByteBuf unfinished = allocated(connection);
        unfinished.writeLong(1);

        ByteBuf next = allocated(connection);
        next.writeLong(2);

        assertThat(next).isNotSameAs(unfinished);
        assertThat(unfinished.readLong()).isEqualTo(1);
        assertThat(unfinished.release()).as("nobody else has it").isTrue();
    }
}
