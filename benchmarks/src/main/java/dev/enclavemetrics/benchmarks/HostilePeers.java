package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hostile clients: each call attacks one server in one way and takes a few seconds. */
final class HostilePeers {

    private static final int MANY = 60;
    private static final int TIMEOUT_MS = 3000;
    private static final long HELD_MS = 3000;
    private static final int BYTES = 64 * 1024;
    private static final int SLOW_BYTES = 30;

    private static final String HEADERS = "X-Header: 0123456789abcdef\r\n".repeat(20_000);
    private static final String HEAD = " / HTTP/1.1\r\nHost: localhost\r\n";
    private static final String JSON_HEAD =
            "POST /mutate/hpas HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String NESTED = "[".repeat(200_000);

    private final Random random = new Random(1);
    private int turn;

    /** The next attack on a server at a TCP port. */
    void attack(InetSocketAddress server, boolean tls)
            throws IOException, GeneralSecurityException, InterruptedException {
        switch (turn++ % 8) {
            case 0 -> send(connect(server), garbage());
            case 1 -> hold(connect(server), bytes("GET /metrics HTTP/1.1\r\nHost: a"));
            case 2 -> slowly(connect(server), bytes("GET" + HEAD + HEADERS));
            case 3 -> reset(connect(server));
            case 4 -> burst(server);
            case 5 -> send(wrap(server, tls), bytes("GET" + HEAD + HEADERS + "\r\n"));
            case 6 -> hold(wrap(server, tls), bytes(JSON_HEAD + "Content-Length: 999999\r\n\r\n{"));
            default -> {
                String length = "Content-Length: " + NESTED.length() + "\r\n\r\n";
                send(wrap(server, tls), bytes(JSON_HEAD + length + NESTED));
            }
        }
    }

    /** Attacks an agent with peers that send, peers that do not read, and too many peers. */
    void attack(Path agent) throws IOException, InterruptedException {
        SocketAddress address = UnixDomainSocketAddress.of(agent);
        List<SocketChannel> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                open.add(SocketChannel.open(address));
            }
            open.get(0).write(ByteBuffer.wrap(garbage()));
            Thread.sleep(HELD_MS);
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    private byte[] garbage() {
        byte[] bytes = new byte[1 + random.nextInt(BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(server, TIMEOUT_MS);
        return socket;
    }

    private static Socket wrap(InetSocketAddress server, boolean tls)
            throws IOException, GeneralSecurityException {
        Socket plain = connect(server);
        return tls
                ? MetricsClient.trustingAll()
                        .getSocketFactory()
                        .createSocket(plain, "localhost", server.getPort(), true)
                : plain;
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        try (socket) {
            socket.getOutputStream().write(bytes);
            socket.getInputStream().readNBytes(BYTES);
        }
    }

    private static void hold(Socket socket, byte[] bytes) throws IOException, InterruptedException {
        try (socket) {
            socket.getOutputStream().write(bytes);
            Thread.sleep(HELD_MS);
        }
    }

    private static void slowly(Socket socket, byte[] bytes)
            throws IOException, InterruptedException {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < SLOW_BYTES; i++) {
                out.write(bytes[i]);
                Thread.sleep(HELD_MS / SLOW_BYTES);
            }
        }
    }

    private static void reset(Socket socket) throws IOException {
        try (socket) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write('G');
        }
    }

    private static void burst(InetSocketAddress server) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                open.add(connect(server));
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
