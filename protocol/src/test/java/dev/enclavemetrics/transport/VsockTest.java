package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests listening only, if the kernel supports vsock. Connections are tested in the virtual
 * machine: if this machine is itself a guest, a connection would leave it.
 */
@ParameterizedClass
@EnumSource
class VsockTest {

    private static final int PORTS = 100_000;

    private final Transport transport;
    private final Endpoint endpoint =
            new Endpoint.Vsock(
                    Endpoint.ANY_CID, PORTS + (int) (ProcessHandle.current().pid() % PORTS));

    VsockTest(TestedBinding binding) {
        SocketCalls calls = binding.calls();
        transport = new Transport(calls);
        int fd = calls.socket(SocketAddress.AF_VSOCK);
        assumeThat(fd).as("a kernel with vsock, and leave to use it").isNotNegative();
        assertThat(calls.bufferBytes(fd, SocketAddress.AF_VSOCK, 4096)).isZero();
        assertThat(calls.close(fd)).isZero();
    }

    @Test
    void listens() throws IOException {
        try (Listener listener = transport.listen(endpoint, 0600)) {
            assertThat(listener.accept(1)).isNull();
        }
        try (Listener again = transport.listen(endpoint, 0600)) {
            assertThat(again.accept(1)).isNull();
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (Listener listener = transport.listen(endpoint, 0600)) {
            assertThatThrownBy(() -> transport.listen(endpoint, 0600))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "bind "
                                    + endpoint
                                    + " failed: EADDRINUSE (address already in use). Another"
                                    + " process listens there: choose another port or path");
            assertThat(listener.accept(1)).isNull();
        }
    }
}
