package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A hostile agent that sends random bytes, zeros, the start of a frame, or nothing, and then closes
 * the connection or waits. A launcher must not show a value from it.
 */
final class HostileAgent {

    private static final byte[] FRAME_START = {'N', 'E', 'M', 'F', 0, 1, 0, (byte) 0x9c};
    private static final int BYTES = 4096;
    private static final long HELD_MS = 4000;

    private final Random random = new Random(2);
    private final ServerSocketChannel server;

    HostileAgent(Path path) throws IOException {
        Files.deleteIfExists(path);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
    }

    /** Waits for the next peer and serves it. */
    void serveNext() throws IOException, InterruptedException {
        try (SocketChannel peer = server.accept()) {
            byte[] bytes = new byte[BYTES];
            int kind = random.nextInt(4);
            if (kind == 0) {
                random.nextBytes(bytes);
            } else if (kind == 1) {
                bytes = FRAME_START;
            } else if (kind == 2) {
                random.nextBytes(bytes);
                System.arraycopy(FRAME_START, 0, bytes, 0, FRAME_START.length);
            }
            if (random.nextBoolean()) {
                peer.write(ByteBuffer.wrap(bytes));
                Thread.sleep(HELD_MS);
            }
        }
    }
}
