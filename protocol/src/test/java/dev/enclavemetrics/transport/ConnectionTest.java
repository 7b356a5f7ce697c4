package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ConnectionTest {

    private static final int FRAME_BYTES = 156;

    private final Transport transport;
    private final byte[] frame = new byte[FRAME_BYTES];
    private ConnectedPair pair;
    @TempDir private Path folder;

    ConnectionTest(TestedBinding binding) {
        transport = binding.transport();
        new Random(1).nextBytes(frame);
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
    void carriesBytesBothWays() throws IOException {
        byte[] received = new byte[FRAME_BYTES];

        pair.agent.send(frame, 0, FRAME_BYTES);
        pair.launcher.receive(received, 0, FRAME_BYTES);
        assertThat(received).isEqualTo(frame);

        pair.launcher.send(frame, 8, 4);
        assertThat(pair.agent.tryReceive(received)).isEqualTo(4);
        assertThat(received).startsWith(frame[8], frame[9], frame[10], frame[11]);
    }

    @Test
    void receivesIntoTheRangeAndNowhereElse() throws IOException {
        byte[] received = new byte[8];
        pair.agent.send(new byte[] {1, 2, 3, 4}, 0, 4);

        pair.launcher.receive(received, 3, 2);

        assertThat(received).containsExactly(0, 0, 0, 1, 2, 0, 0, 0);
        assertThat(pair.launcher.tryReceive(new byte[8])).isEqualTo(2);
    }

    @Test
    void sendsAndReceivesMoreThanABufferHolds() throws Exception {
        byte[] sent = new byte[1_000_001];
        new Random(2).nextBytes(sent);
        CompletableFuture<Void> sending = inBackground(() -> pair.agent.send(sent, 0, sent.length));
        byte[] received = new byte[sent.length];
        pair.launcher.timeoutMs(60_000); // some 250 round trips between two threads

        pair.launcher.receive(received, 0, received.length);

        assertThat(received).isEqualTo(sent);
        sending.get(ConnectedPair.PATIENT_MS, TimeUnit.MILLISECONDS);
    }

    @Test
    void timesOutWhileNothingComes() throws IOException {
        pair.launcher.timeoutMs(ConnectedPair.BRIEF_MS);

        assertThatThrownBy(() -> pair.launcher.receive(frame, 0, FRAME_BYTES))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("recv unix:" + folder.resolve("pair") + " timed out");
    }

    @Test
    void timesOutWhileThePeerTricklesBytes() throws Exception {
        pair.launcher.timeoutMs(ConnectedPair.BRIEF_MS);
        Thread trickler =
                new Thread(
                        () -> {
                            try {
                                while (!Thread.currentThread().isInterrupted()) {
                                    pair.agent.send(frame, 0, 1);
                                    LockSupport.parkNanos(ConnectedPair.BRIEF_MS * 100_000L);
                                }
                            } catch (IOException e) {
                                // the pair was closed
                            }
                        });
        trickler.start();
        try {
            assertThatThrownBy(() -> pair.launcher.receive(frame, 0, FRAME_BYTES))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            trickler.interrupt();
            trickler.join();
        }
    }

    @Test
    void timesOutWhileThePeerTakesNothing() throws IOException {
        pair.agent.timeoutMs(ConnectedPair.BRIEF_MS);

        assertThatThrownBy(() -> pair.agent.send(new byte[1_000_000], 0, 1_000_000))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("send unix:" + folder.resolve("pair") + " timed out");
    }

    @Test
    void wouldBlockWhileNothingIsThere() throws IOException {
        assertThat(pair.agent.tryReceive(frame)).isEqualTo(Connection.WOULD_BLOCK);
    }

    @Test
    void wouldBlockOnceFewFramesWaitUnread() throws IOException {
        assertThat(framesThatFit(pair.agent)).isBetween(1, 100);
        assertThat(framesThatFit(pair.launcher)).isBetween(1, 100);
    }

    @Test
    void reportsTheEndOfTheStream() throws IOException {
        pair.agent.send(frame, 0, 10);
        pair.agent.close();

        assertThatThrownBy(() -> pair.launcher.receive(frame, 0, FRAME_BYTES))
                .isInstanceOf(EOFException.class)
                .hasMessage("the peer closed the connection unix:" + folder.resolve("pair"));
        assertThat(pair.launcher.tryReceive(frame)).isEqualTo(Connection.END);
    }

    @Test
    void failsToSendToAPeerThatClosed() {
        pair.launcher.close();

        assertThatThrownBy(() -> pair.agent.trySend(frame, 0, FRAME_BYTES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("send unix:")
                .hasMessageContaining("EPIPE (broken pipe)");
    }

    @Test
    void saysNothingOfTheAgentWhenAPeerClosesOverUnreadBytes() throws IOException {
        pair.launcher.send(frame, 0, 1);
        pair.agent.close();

        assertThatThrownBy(() -> pair.launcher.receive(frame, 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("failed: ECONNRESET (connection reset by peer)");
    }

    @Test
    void hasNoCidOnAUnixSocket() {
        assertThatThrownBy(() -> pair.agent.peerCid())
                .isInstanceOf(IOException.class)
                .hasMessage("only a vsock peer has a CID, found unix:" + folder.resolve("pair"));
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThatThrownBy(() -> pair.agent.send(frame, 1, FRAME_BYTES))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> pair.agent.trySend(frame, 150, 7))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> pair.agent.receive(frame, -1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> pair.agent.receive(frame, 0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private int framesThatFit(Connection connection) throws IOException {
        int frames = 0;
        while (frames < 10_000
                && connection.trySend(frame, 0, FRAME_BYTES) != Connection.WOULD_BLOCK) {
            frames++;
        }
        return frames;
    }

    /** A call that may throw. */
    private interface Sending {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Sending sending) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        sending.run();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }
}
