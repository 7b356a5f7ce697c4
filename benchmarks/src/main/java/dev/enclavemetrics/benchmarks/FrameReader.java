package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the frames of several agents, as their launchers do, until it is killed.
 *
 * <p>{@code FrameReader SOCKET...} prints one line per round of frames: for each agent the length
 * of its frame in bytes and the number of application metrics in it.
 */
public final class FrameReader {

    private static final int TIMEOUT_MS = 10_000;

    private final Connection connection;
    private final FrameDecoder decoder = new FrameDecoder();
    private final byte[] bytes = new byte[FrameDecoder.MAX_FRAME_BYTES];

    private FrameReader(String socket) throws IOException {
        connection = Transport.load().dial(new Endpoint.Unix(socket), TIMEOUT_MS);
    }

    public static void main(String[] sockets) throws IOException {
        List<FrameReader> agents = new ArrayList<>();
        for (String socket : sockets) {
            agents.add(new FrameReader(socket));
        }
        while (true) {
            StringBuilder line = new StringBuilder();
            for (FrameReader agent : agents) {
                line.append(line.length() == 0 ? "" : " ").append(agent.next());
            }
            System.out.println(line);
        }
    }

    private String next() throws IOException {
        connection.receive(bytes, 0, FrameDecoder.HEADER_BYTES);
        int length = FrameDecoder.frameBytes(bytes);
        connection.receive(bytes, FrameDecoder.HEADER_BYTES, length - FrameDecoder.HEADER_BYTES);
        MetricsFrame frame = decoder.decode(bytes, length);
        return length + " " + frame.application().size();
    }
}
