package dev.enclavemetrics.agent.serve;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Connects to a Unix socket as another user, and prints the number of bytes received. */
public final class SocketReader {

    private static final int FRAME_BYTES = 232;

    private SocketReader() {}

    public static void main(String[] arguments) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            System.out.println("got " + channel.read(ByteBuffer.allocate(FRAME_BYTES)) + " bytes");
        } catch (IOException e) {
            System.out.println("no connection: " + e.getMessage());
        }
    }
}
