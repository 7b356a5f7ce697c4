package dev.enclavemetrics.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP ports for processes that a test starts. They are below those that Linux takes for outgoing
 * connections and for port 0, from 32768: such a port can be taken again before the process listens
 * on it.
 */
public final class FreePort {

    private static final int MIN = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /**
     * A port of loopback on which nothing listens; each call has another.
     *
     * @throws IOException if there is none
     */
    public static int next() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < COUNT; i++) {
            int port = MIN + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                last = e; // in use: the next
            }
        }
        throw last;
    }
}
