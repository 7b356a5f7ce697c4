package dev.enclavemetrics.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Asks a VMM for a vsock port of its guest: {@code CONNECT PORT\n}, answered by {@code OK …\n}. */
final class HybridHandshake {

    private static final int MAX_REPLY_BYTES = 64;

    private HybridHandshake() {}

    static void requestPort(Connection connection, Endpoint.Hybrid hybrid) throws IOException {
        byte[] request = ("CONNECT " + hybrid.port() + "\n").getBytes(StandardCharsets.US_ASCII);
        connection.send(request, 0, request.length);
        String reply = readLine(connection, hybrid);
        if (!reply.startsWith("OK")) {
            throw new IOException(
                    hybrid + ": the VMM must answer OK to CONNECT, found \"" + reply + "\"");
        }
    }

    /** Reads byte by byte: what follows the line belongs to the stream. */
    private static String readLine(Connection connection, Endpoint.Hybrid hybrid)
            throws IOException {
        byte[] line = new byte[MAX_REPLY_BYTES];
        for (int length = 0; length < line.length; length++) {
            try {
                connection.receive(line, length, 1);
            } catch (EOFException e) {
                throw new IOException(
                        hybrid
                                + ": the VMM closed the connection: nothing listens on that port in"
                                + " the guest; is the agent running?",
                        e);
            } catch (SocketTimeoutException e) {
                throw new IOException(hybrid + ": the VMM does not answer CONNECT", e);
            }
            if (line[length] == '\n') {
                return new String(line, 0, length, StandardCharsets.US_ASCII);
            }
        }
        throw new IOException(
                hybrid + ": the VMM's answer must be at most " + MAX_REPLY_BYTES + " bytes");
    }
}
