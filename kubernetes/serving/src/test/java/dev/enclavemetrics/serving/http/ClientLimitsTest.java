package dev.enclavemetrics.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {

    private static final int MAX = 10;

    private int madeRoom;
    private final ClientLimits limits = new ClientLimits(MAX, 1 << 20, () -> madeRoom++);

    /** A connection from one host. */
    private static final class Accepted extends EmbeddedChannel {

        private final int port;

        Accepted(int port, boolean registered) {
            super(DefaultChannelId.newInstance(), registered, false);
            this.port = port;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("192.0.2.7", port);
        }

        @Override
        public SocketAddress remoteAddress() {
            return remoteAddress0();
        }
    }

    private void accept(int count, boolean registered) {
        for (int port = 1; port <= count; port++) {
            limits.accepted(new Accepted(port, registered));
        }
    }

    /** As in a flood: the server accepts connections faster than the event loop handles them. */
    @Test
    void keepsNothingOfConnectionsThatItClosesBeforeTheirEventLoopHasThem() {
        accept(5_000, false);

        assertThat(limits.size()).isEqualTo(MAX);
        assertThat(madeRoom).isEqualTo(5_000 - MAX);
    }

    @Test
    void keepsNothingOfOtherConnectionsThatItCloses() {
        accept(100, true);

        assertThat(limits.size()).isEqualTo(MAX);
        assertThat(madeRoom).isEqualTo(100 - MAX);
    }

    @Test
    void forgetsConnectionsThatEnd() {
        Accepted connection = new Accepted(1, true);
        limits.accepted(connection);

        var unused = connection.close();

        assertThat(limits.size()).isZero();
    }
}
