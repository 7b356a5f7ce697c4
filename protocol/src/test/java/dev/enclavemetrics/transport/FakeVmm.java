package dev.enclavemetrics.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A VMM such as Firecracker: it reads a line from each peer, and then runs its conversation. It
 * uses the JDK's sockets, so that ours are used on one side only.
 */
final class FakeVmm implements AutoCloseable {

    /** The VMM's behavior after it has read the line. */
    interface Conversation {
        void hold(String request, SocketChannel peer) throws IOException;
    }

    private final ServerSocketChannel server;

    FakeVmm(Path path, Conversation conversation) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(() -> serve(conversation), "fake-vmm");
        thread.setDaemon(true); // a conversation that hangs must not block the end of the tests
        thread.start();
    }

    private void serve(Conversation conversation) {
        while (server.isOpen()) {
            try (SocketChannel peer = server.accept()) {
                conversation.hold(line(peer), peer);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // The peer closed the connection early, as some tests do.
            }
        }
    }

    private static String line(SocketChannel peer) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer next = ByteBuffer.allocate(1);
        while (peer.read(next) > 0) {
            line.append((char) next.flip().get());
            next.clear();
            if (line.charAt(line.length() - 1) == '\n') {
                break;
            }
        }
        return line.toString();
    }

    /** Writes all in one call. */
    static void write(SocketChannel peer, String text) throws IOException {
        peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Waits until the peer closes. */
    static void untilClosed(SocketChannel peer) throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(64);
        while (peer.read(ignored) >= 0) {
            ignored.clear();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
