package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that make the launcher hold memory: some never complete a request, some send requests
 * without reading the responses, some open the events of the status page without reading them, some
 * only connect. A client whose connection is closed connects again.
 *
 * <p>{@code LauncherAttack PORT CLIENTS-OF-EACH-KIND SECONDS} prints how often the launcher closed
 * a connection.
 */
public final class LauncherAttack {

    /** Within the launcher's limits for a line and for the headers. */
    private static final String UNFINISHED =
            "GET /" + "a".repeat(4000) + " HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(8000);

    private static final String UNREAD =
            "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n".repeat(50);

    private static final String PAGE = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";

    private LauncherAttack() {}

    public static void main(String[] arguments) throws InterruptedException {
        InetSocketAddress launcher =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int each = Integer.parseInt(arguments[1]);
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            clients.add(new Client(launcher, UNFINISHED, false));
            clients.add(new Client(launcher, UNREAD, true));
            clients.add(new Client(launcher, PAGE, false));
            clients.add(new Client(launcher, "", false));
        }
        long closed = 0;
        while (System.nanoTime() < endNs) {
            for (Client client : clients) {
                closed += client.isClosedAfterItsNextBytes() ? 1 : 0;
            }
            Thread.sleep(1);
        }
        System.out.println(closed);
    }

    private static final class Client {

        private final InetSocketAddress launcher;
        private final ByteBuffer request;
        private final boolean repeats;
        private @Nullable SocketChannel channel;

        Client(InetSocketAddress launcher, String request, boolean repeats) {
            this.launcher = launcher;
            this.request = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            this.repeats = repeats;
        }

        boolean isClosedAfterItsNextBytes() {
            try {
                SocketChannel open = channel == null ? connect() : channel;
                // Read one byte only: this detects a closed connection, and the response must stay
                // unread.
                if (!repeats && open.read(ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("closed");
                }
                open.write(request);
                if (repeats && !request.hasRemaining()) {
                    request.rewind();
                }
                return false;
            } catch (IOException e) {
                close();
                return true;
            }
        }

        private SocketChannel connect() throws IOException {
            SocketChannel open = SocketChannel.open(launcher);
            channel = open;
            open.configureBlocking(false);
            request.rewind();
            return open;
        }

        private void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // Already closed.
            }
            channel = null;
        }
    }
}
