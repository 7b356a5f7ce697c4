package dev.enclavemetrics.serving.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The NIO transport, which reports each connection when it is accepted. Vert.x itself reports one
 * only after its TLS handshake, but connections in their handshake take memory too.
 */
final class AcceptingTransport extends NioTransport implements Transport {

    private volatile Consumer<Channel> accepted = channel -> {};

    /**
     * @param action called for each connection from now on, on the thread that accepts
     */
    void onAccept(Consumer<Channel> action) {
        accepted = action;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return domainSocket ? super.serverChannelFactory(true) : Listening::new;
    }

    private final class Listening extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> connections) throws Exception {
            int before = connections.size();
            int count = super.doReadMessages(connections);
            for (Object connection : connections.subList(before, connections.size())) {
                report((Channel) connection);
            }
            return count;
        }

        /** A failure here would end the listening socket. */
        private void report(Channel connection) {
            try {
                accepted.accept(connection);
            } catch (RuntimeException e) { // for example if the peer has gone already
                connection.unsafe().closeForcibly();
            }
        }
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }
}
