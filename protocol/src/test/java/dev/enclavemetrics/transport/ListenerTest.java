package dev.enclavemetrics.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ListenerTest {

    private static final int BRIEF_MS = ConnectedPair.BRIEF_MS;
    private static final int PATIENCE_MS = 10_000;

    private final SocketCalls calls;
    private final Transport transport;
    private Endpoint endpoint;
    private Path path;
    @TempDir private Path folder;

    ListenerTest(TestedBinding binding) {
        calls = binding.calls();
        transport = new Transport(calls);
    }

    @BeforeEach
    void place() {
        path = folder.resolve("agent.sock");
        endpoint = new Endpoint.Unix(path.toString());
    }

    @Test
    void acceptsEveryPeer() throws IOException {
        try (Listener listener = transport.listen(endpoint, 0600);
                Connection first = transport.dial(endpoint, BRIEF_MS);
                Connection second = transport.dial(endpoint, BRIEF_MS);
                Connection firstAccepted = requireNonNull(listener.accept(BRIEF_MS));
                Connection secondAccepted = requireNonNull(listener.accept(BRIEF_MS))) {
            byte[] received = new byte[1];
            second.send(new byte[] {2}, 0, 1);
            first.send(new byte[] {1}, 0, 1);

            firstAccepted.receive(received, 0, 1);
            assertThat(received).containsExactly(1);
            secondAccepted.receive(received, 0, 1);
            assertThat(received).containsExactly(2);
        }
    }

    @Test
    void closesAPeerForWhichTheHeapHasNoRoom() throws IOException {
        boolean[] full = {false};
        SocketCalls failing =
                (SocketCalls)
                        Proxy.newProxyInstance(
                                SocketCalls.class.getClassLoader(),
                                new Class<?>[] {SocketCalls.class},
                                (proxy, method, arguments) -> {
                                    if (full[0] && method.getName().equals("bufferBytes")) {
                                        throw new OutOfMemoryError("Java heap space");
                                    }
                                    return method.invoke(calls, arguments);
                                });
        try (Listener listener = new Transport(failing).listen(endpoint, 0600);
                Connection peer = transport.dial(endpoint, PATIENCE_MS)) {
            full[0] = true;
            assertThatThrownBy(() -> listener.accept(BRIEF_MS))
                    .isInstanceOf(OutOfMemoryError.class);

            assertThatThrownBy(() -> peer.receive(new byte[1], 0, 1))
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void givesNullOnceTheTimeHasPassed() throws IOException {
        try (Listener listener = transport.listen(endpoint, 0600)) {
            assertThat(listener.accept(1)).isNull();
        }
    }

    @Test
    void takesItsPathAway() throws IOException {
        Listener listener = transport.listen(endpoint, 0600);
        assertThat(path).exists();

        listener.close();

        assertThat(path).doesNotExist();
    }

    @Test
    void leavesAPathAloneThatIsAnothersByNow() throws IOException {
        Listener listener = transport.listen(endpoint, 0600);
        listener.close();
        try (Listener next = transport.listen(endpoint, 0600)) {
            listener.close();

            assertThat(path).exists();
            assertThat(next.accept(1)).isNull();
        }
    }

    @Test
    void refusesToAcceptOnceClosed() throws IOException {
        Listener listener = transport.listen(endpoint, 0600);
        listener.close();

        assertThatThrownBy(() -> listener.accept(1))
                .isInstanceOf(IOException.class)
                .hasMessage(endpoint + " is closed");
    }

    @Test
    void leavesAVmmsSocketToTheVmm() {
        assertThatThrownBy(
                        () -> transport.listen(new Endpoint.Hybrid(path.toString(), 59090), 0600))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "an agent must listen on vsock:any:PORT or unix:PATH, found hybrid:"
                                + path
                                + ":59090");
    }
}
