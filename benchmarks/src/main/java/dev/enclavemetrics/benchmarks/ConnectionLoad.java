package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many slow clients: keep-alive connections to the launcher, each with one {@code GET /metrics} per
 * second, spread evenly over the second.
 *
 * <p>{@code ConnectionLoad PORT CONNECTIONS SECONDS} fails at the first response that is not 200,
 * and if more than 1 % of the requests could not be sent because the previous one was unanswered.
 */
public final class ConnectionLoad {

    private static final byte[] REQUEST =
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final long NS_PER_S = 1_000_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final Selector selector;
    private final List<Asker> askers = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(8192);

    private ConnectionLoad(Selector selector) {
        this.selector = selector;
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        try (Selector selector = Selector.open()) {
            ConnectionLoad load = new ConnectionLoad(selector);
            for (int i = 0; i < connections; i++) {
                load.connect(port);
            }
            load.run(seconds);
        }
    }

    private void connect(int port) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Asker asker = new Asker(channel);
        channel.register(selector, SelectionKey.OP_READ, asker);
        askers.add(asker);
    }

    private void run(int seconds) throws IOException {
        long startNs = System.nanoTime();
        long count = (long) seconds * askers.size();
        long late = 0;
        for (long request = 0; request < count; request++) {
            takeAnswersUntil(startNs + request * NS_PER_S / askers.size());
            if (!askers.get((int) (request % askers.size())).ask()) {
                late++;
            }
        }
        if (late * 100 > count) {
            throw new IOException(
                    "an answer must come within a second, " + late + " of " + count + " did not");
        }
    }

    private void takeAnswersUntil(long deadlineNs) throws IOException {
        long leftNs = 1;
        while (leftNs > 0) {
            leftNs = deadlineNs - System.nanoTime();
            if (leftNs > 0) { // in whole milliseconds, so some requests are sent in pairs
                selector.select(Math.max(1, leftNs / NS_PER_MS));
            } else {
                selector.selectNow();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                ((Asker) key.attachment()).take();
            }
            selector.selectedKeys().clear();
        }
    }

    /** One connection. Its responses are small enough that each arrives in one read. */
    private final class Asker {

        private final SocketChannel channel;
        private boolean waits;

        Asker(SocketChannel channel) {
            this.channel = channel;
        }

        boolean ask() throws IOException {
            if (waits) {
                return false;
            }
            waits = true;
            channel.write(ByteBuffer.wrap(REQUEST));
            return true;
        }

        void take() throws IOException {
            answer.clear();
            channel.read(answer);
            answer.flip();
            if (answer.remaining() < OK.length
                    || !answer.slice(0, OK.length).equals(ByteBuffer.wrap(OK))) {
                throw new IOException(
                        "an answer must be 200, found "
                                + StandardCharsets.US_ASCII.decode(answer).toString().strip());
            }
            waits = false;
        }
    }
}
