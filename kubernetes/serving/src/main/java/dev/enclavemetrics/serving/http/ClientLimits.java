package dev.enclavemetrics.serving.http;

import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits what all clients together make the server hold: connections from the moment they are
 * accepted, and requests until they have ended. Beyond a limit, the client that holds the most
 * loses a connection.
 */
final class ClientLimits {

    /** Estimated heap of a request without headers; below, of a header without its characters. */
    private static final long REQUEST_BYTES = 4 * 1024;

    private static final int HEADER_BYTES = 128;

    /** By numeric address: a resolved InetAddress does not equal an unresolved one. */
    private record Client(String address, int port) {
        static Client of(Channel channel) {
            InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
            return new Client(peer.getAddress().getHostAddress(), peer.getPort());
        }

        static Client of(HttpConnection connection) {
            SocketAddress peer = connection.remoteAddress();
            return new Client(peer.hostAddress(), peer.port());
        }
    }

    /** The newest connection of each client. */
    private final Map<Client, Channel> channels = new ConcurrentHashMap<>();

    private final ConnectionLimit<Channel> connections;
    private final RequestMemoryLimit<Channel> requests;

    /**
     * @param closed called for each connection that was closed to make room
     */
    ClientLimits(int maxConnections, long maxRequestBytes, Runnable closed) {
        connections =
                new ConnectionLimit<>(
                        maxConnections,
                        channel -> Client.of(channel).address(),
                        idle -> close(idle, closed));
        requests = new RequestMemoryLimit<>(maxRequestBytes, greedy -> close(greedy, closed));
    }

    private void close(Channel channel, Runnable closed) {
        closed.run();
        if (channel.isRegistered()) {
            var unused = channel.close();
        } else { // not yet with its event loop, so its close future will never complete
            channel.unsafe().closeForcibly();
            channels.remove(Client.of(channel), channel);
        }
    }

    /** Counts each connection that the one server of this Vert.x accepts from now on. */
    void watch(VertxInternal vertx) {
        if (!(vertx.transport() instanceof AcceptingTransport transport)) {
            throw new IllegalStateException(
                    "the transport must report connections, found " + vertx.transport());
        }
        transport.onAccept(this::accepted);
    }

    /** On the thread that accepts. */
    void accepted(Channel channel) {
        Client client = Client.of(channel);
        channels.put(client, channel);
        connections.opened(channel);
        var unused =
                channel.closeFuture()
                        .addListener(
                                end -> {
                                    channels.remove(client, channel);
                                    connections.closed(channel);
                                });
    }

    /** For tests: how many connections are known. */
    int size() {
        return channels.size();
    }

    /** A connection has finished its handshake; on the server's loop. */
    void ready(HttpConnection connection) {
        Channel channel = channels.get(Client.of(connection));
        if (channel != null) {
            connection.closeHandler(end -> requests.closed(channel));
        }
    }

    /** A request has begun; on the server's loop. */
    void begun(HttpServerRequest request) {
        Channel channel = channels.get(Client.of(request.connection()));
        if (channel == null) {
            return; // it has been closed
        }
        connections.used(channel);
        long bytes = bytes(request);
        AtomicBoolean held = new AtomicBoolean(true);
        Handler<Void> over =
                end -> {
                    if (held.getAndSet(false)) {
                        requests.release(channel, bytes);
                    }
                };
        request.response().closeHandler(over);
        if (request.version()
                != HttpVersion
                        .HTTP_2) { // for HTTP/1.1 the close handler runs with the connection only
            request.response().endHandler(over);
        }
        requests.hold(channel, bytes);
    }

    private static long bytes(HttpServerRequest request) {
        long bytes = REQUEST_BYTES + request.uri().length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += HEADER_BYTES + header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }
}
