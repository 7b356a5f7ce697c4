package dev.enclavemetrics.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class DialTest {

    private static final int BRIEF_MS = ConnectedPair.BRIEF_MS;

    private final Transport transport;
    private Endpoint endpoint;
    private Path path;
    @TempDir private Path folder;

    DialTest(TestedBinding binding) {
        transport = binding.transport();
    }

    @BeforeEach
    void place() {
        path = folder.resolve("agent.sock");
        endpoint = new Endpoint.Unix(path.toString());
    }

    @Test
    void understandsTheJdksListener() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            try (Connection connection = transport.dial(endpoint, BRIEF_MS);
                    SocketChannel peer = server.accept()) {
                byte[] received = new byte[3];
                peer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
                connection.receive(received, 0, 3);
                assertThat(received).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void isUnderstoodByTheJdksClient() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (Listener listener = transport.listen(endpoint, 0600);
                SocketChannel peer = SocketChannel.open(address);
                Connection connection = requireNonNull(listener.accept(BRIEF_MS))) {
            connection.send(new byte[] {1, 2, 3}, 0, 3);
            ByteBuffer received = ByteBuffer.allocate(3);
            while (received.hasRemaining()) {
                assertThat(peer.read(received)).isPositive();
            }
            assertThat(received.array()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void saysThatNoSocketIsThere() {
        assertDialFails(
                "ENOENT (no such file or directory). There is no socket at that path: is the agent"
                        + " running?");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        Files.createFile(path);

        assertDialFails(
                "ECONNREFUSED (connection refused). Nothing listens there: is the agent running?");
    }

    @Test
    void saysThatPermissionsAreMissing() throws IOException {
        try (Listener listener = transport.listen(endpoint, 0600)) {
            assertThat(path.toFile().setWritable(false)).isTrue();
            assumeThat(Files.isWritable(path)).as("what a user with all rights may do").isFalse();

            assertThatThrownBy(() -> transport.dial(endpoint, BRIEF_MS))
                    .hasMessageContaining(
                            "EACCES (permission denied). Connecting needs write permission on the"
                                    + " socket")
                    .hasMessageContaining(" and has mode 0400. Start the agent with");
            assertThat(listener.accept(1)).isNull();
        }
    }

    private void assertDialFails(String how) {
        assertThatThrownBy(() -> transport.dial(endpoint, BRIEF_MS))
                .isInstanceOf(IOException.class)
                .hasMessage("connect " + endpoint + " failed: " + how);
    }
}
