package dev.enclavemetrics.agent;

import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A connection to an agent, as a launcher opens it. */
final class AgentConnection implements Closeable {

    private static final int TIMEOUT_MS = 60_000;

    private final Connection connection;
    private final FrameDecoder decoder = new FrameDecoder();
    private final byte[] bytes = new byte[FrameDecoder.MAX_FRAME_BYTES];

    AgentConnection(Path socket) throws IOException {
        connection = Transport.load().dial(new Endpoint.Unix(socket.toString()), TIMEOUT_MS);
    }

    MetricsFrame next() throws IOException {
        connection.receive(bytes, 0, FrameDecoder.HEADER_BYTES);
        int length = FrameDecoder.frameBytes(bytes);
        connection.receive(bytes, FrameDecoder.HEADER_BYTES, length - FrameDecoder.HEADER_BYTES);
        return decoder.decode(bytes, length);
    }

    @Override
    public void close() {
        connection.close();
    }
}
