package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ConnectionCloseTest {

    private final Transport transport;
    private ConnectedPair pair;
    @TempDir private Path folder;

    ConnectionCloseTest(TestedBinding binding) {
        transport = binding.transport();
    }

    @BeforeEach
    void connect() throws IOException {
        pair = new ConnectedPair(transport, folder);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void shutdownWakesAThreadThatReceives() throws Exception {
        FutureTask<Throwable> receiving = receiveInAnotherThread();

        pair.launcher.shutdown();

        assertThat(woken(receiving)).isInstanceOf(EOFException.class);
    }

    @Test
    void closeWakesAThreadThatReceives() throws Exception {
        FutureTask<Throwable> receiving = receiveInAnotherThread();

        pair.launcher.close();

        assertThat(woken(receiving)).isInstanceOf(IOException.class);
        assertThat(pair.agent.tryReceive(new byte[1])).isEqualTo(Connection.END);
    }

    @Test
    void shutdownTellsThePeer() throws IOException {
        pair.launcher.shutdown();

        assertThat(pair.agent.tryReceive(new byte[1])).isEqualTo(Connection.END);
    }

    @Test
    void closesOnlyItsOwnDescriptor() throws IOException {
        pair.close();
        try (ConnectedPair next = new ConnectedPair(transport, folder)) {
            // The kernel has reused the descriptor numbers: these calls must not affect the next
            // pair.
            pair.close();
            pair.launcher.shutdown();
            pair.agent.shutdown();

            next.agent.send(new byte[] {1}, 0, 1);
            assertThat(next.launcher.tryReceive(new byte[1])).isEqualTo(1);
        }
    }

    @Test
    void refusesCallsOnceClosed() {
        pair.launcher.close();
        byte[] bytes = new byte[1];
        String message = "unix:" + folder.resolve("pair") + " is closed";

        assertThatThrownBy(() -> pair.launcher.send(bytes, 0, 1)).hasMessage(message);
        assertThatThrownBy(() -> pair.launcher.trySend(bytes, 0, 1)).hasMessage(message);
        assertThatThrownBy(() -> pair.launcher.receive(bytes, 0, 1)).hasMessage(message);
        assertThatThrownBy(() -> pair.launcher.tryReceive(bytes)).hasMessage(message);
        assertThatThrownBy(() -> pair.launcher.timeoutMs(1)).hasMessage(message);
        assertThatThrownBy(() -> pair.launcher.peerCid()).hasMessage(message);
    }

    /**
     * Returns a task that ends with the exception of {@code receive}. The call may start before or
     * after the close; both must end the same.
     */
    private FutureTask<Throwable> receiveInAnotherThread() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Throwable> receiving =
                new FutureTask<>(
                        () -> {
                            started.countDown();
                            try {
                                pair.launcher.receive(new byte[1], 0, 1);
                                return new AssertionError("nothing was sent");
                            } catch (IOException e) {
                                return e;
                            }
                        });
        new Thread(receiving, "receiver").start();
        started.await();
        return receiving;
    }

    private static Throwable woken(FutureTask<Throwable> receiving) throws Exception {
        // Less than the socket's timeout, which would end the call too.
        return receiving.get(ConnectedPair.PATIENT_MS / 2, TimeUnit.MILLISECONDS);
    }
}
