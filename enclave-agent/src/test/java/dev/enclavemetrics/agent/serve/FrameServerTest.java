package dev.enclavemetrics.agent.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.agent.FullHeap;
import dev.enclavemetrics.agent.SteppingClock;
import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.TestConfigs;
import dev.enclavemetrics.testing.OpenDescriptors;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses real sockets; the clock only decides when accepting ends. */
class FrameServerTest {

    private static final int PATIENCE_MS = 10_000;

    private final CapturedLog captured = new CapturedLog();
    private final SteppingClock clock = new SteppingClock();
    private final byte[] frame = new byte[232];
    private final List<Connection> peers = new ArrayList<>();
    private Transport transport;
    private Endpoint endpoint;
    private FrameServer server;

    @BeforeEach
    void listen(@TempDir Path folder) throws IOException {
        transport = Transport.load();
        endpoint = new Endpoint.Unix(folder.resolve("s").toString());
        AgentConfig config = TestConfigs.with(endpoint, 1000, 15_000, folder);
        server =
                new FrameServer(
                        transport.listen(endpoint, 0600), transport, config, captured.log, clock);
        Arrays.fill(frame, (byte) 7);
    }

    @AfterEach
    void close() throws IOException {
        peers.forEach(Connection::close);
        server.close();
    }

    @Test
    void handsEveryPeerTheFrame() throws IOException {
        dial(Peers.MAX);
        accept(Peers.MAX);
        server.send(frame);

        for (Connection peer : peers) {
            assertThat(receive(peer)).isEqualTo(frame);
        }
    }

    @Test
    void replacesTheLongestConnectedPeerByANewcomer() throws IOException {
        dial(Peers.MAX + 1);
        accept(Peers.MAX + 1);
        server.send(frame);

        assertThat(server.peers()).isEqualTo(Peers.MAX);
        assertThatThrownBy(() -> receive(peers.get(0))).isInstanceOf(EOFException.class);
        for (Connection peer : peers.subList(1, peers.size())) {
            assertThat(receive(peer)).isEqualTo(frame);
        }
        assertThat(captured.lines()).anyMatch(line -> line.contains("replaced the longest"));
    }

    @Test
    void givesANewcomerTheNewestFrameAtOnce() throws IOException {
        server.send(frame);
        dial(1);
        accept(1);

        assertThat(receive(peers.get(0))).isEqualTo(frame);
    }

    @Test
    void givesANewcomerNoFrameOfAnEarlierInterval() throws IOException {
        server.send(frame);
        clock.advanceMs(1000);
        dial(1);
        accept(1);

        assertThat(server.peers()).isEqualTo(1);
        assertThat(peers.get(0).tryReceive(new byte[1])).isEqualTo(Connection.WOULD_BLOCK);
    }

    @Test
    void logsNothingOfPeersThatItsCloseDrops() throws IOException {
        Peers closing = new Peers(captured.log, clock);
        dial(1);
        Peer peer = closing.add(peers.get(0));
        closing.close(); // while the working thread is about to serve the peer

        assertThat(closing.serves(peer, frame)).isFalse();
        assertThat(captured.lines()).isEmpty();
    }

    @Test
    void keepsTheLastFrameForALauncherThatConnectsLater() throws Exception {
        server.stopAccepting();
        CompletableFuture<byte[]> launcher =
                CompletableFuture.supplyAsync(
                        () -> {
                            while (true) {
                                try (Connection late = transport.dial(endpoint, PATIENCE_MS)) {
                                    return receive(late);
                                } catch (IOException e) {
                                    // not listening again yet
                                }
                            }
                        });
        server.sendLast(frame);

        assertThat(launcher.get()).isEqualTo(frame);
    }

    @Test
    void replacesNoPeerByOneThatIsGoneAlready() throws IOException {
        dial(Peers.MAX);
        accept(Peers.MAX);
        for (int i = 0; i < 10; i++) {
            dial(1);
            peers.remove(Peers.MAX).close();
            accept(1);
        }
        server.send(frame);

        for (Connection peer : peers) {
            assertThat(receive(peer)).isEqualTo(frame);
        }
    }

    /**
     * Other peers reconnect as soon as they have lost their connection; the launcher is always the
     * last.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 40, 400})
    void givesALauncherEachFrameHoweverManyOthersDial(int others) throws IOException {
        List<SocketChannel> greedy = new ArrayList<>();
        for (int round = 1; round <= 5; round++) {
            Arrays.fill(frame, (byte) round);
            server.send(frame);
            greedy.removeIf(FrameServerTest::isClosed);
            while (greedy.size() < others) {
                greedy.add(SocketChannel.open(address()));
            }
            dial(1);
            accept(others + 1);

            assertThat(receive(peers.remove(0))).isEqualTo(frame);
        }
        for (SocketChannel channel : greedy) {
            channel.close();
        }
    }

    @Test
    void servesANewcomerThoughTheHeapHasNoRoomForALine() throws IOException {
        server.close();
        AgentConfig config = TestConfigs.with(endpoint, 1000, 15_000, Path.of("unused"));
        server =
                new FrameServer(
                        transport.listen(endpoint, 0600), transport, config, FullHeap.log(), clock);
        server.send(frame);
        dial(1);
        accept(1);

        assertThat(receive(peers.get(0))).isEqualTo(frame);
        assertThat(server.peers()).isEqualTo(1);
    }

    @Test
    void givesThePlaceOfAPeerThatWentToTheNext() throws IOException {
        dial(Peers.MAX);
        accept(Peers.MAX);
        peers.remove(0).close();
        dial(1);
        accept(1);
        server.send(frame);

        assertThat(receive(peers.get(peers.size() - 1))).isEqualTo(frame);
    }

    @Test
    void dropsAPeerThatSendsAnything() throws IOException {
        dial(2);
        accept(2);
        peers.get(0).send(new byte[] {1}, 0, 1);
        server.send(frame);

        assertThat(server.peers()).isEqualTo(1);
        assertThat(receive(peers.get(1))).isEqualTo(frame);
        assertThat(captured.lines()).anyMatch(line -> line.contains("must not send anything"));
    }

    @Test
    void dropsAPeerThatNeverReadsWithinABoundedTime() throws IOException {
        dial(2);
        accept(2);
        int ticks = 0;
        while (server.peers() == 2 && ticks < 1000) {
            server.send(frame);
            receive(peers.get(1));
            ticks++;
        }

        assertThat(server.peers()).isEqualTo(1);
        assertThat(captured.lines()).anyMatch(line -> line.contains("must read a frame within"));
    }

    @Test
    void neverSendsASlowPeerPartOfAFrameTwice() throws IOException {
        dial(1);
        accept(1);
        int sent = 0;
        for (; server.peers() == 1 && sent < 1000; sent++) {
            Arrays.fill(frame, (byte) sent);
            server.send(frame);
        }
        byte[] expected = new byte[frame.length];
        for (int received = 0; received < sent; received++) {
            Arrays.fill(expected, (byte) received);
            byte[] whole;
            try {
                whole = receive(peers.get(0));
            } catch (EOFException e) {
                assertThat(received).isPositive();
                return; // the server has closed the connection of the slow peer
            }
            assertThat(whole).isEqualTo(expected);
        }
    }

    @Test
    void survivesPeersThatCloseHalfWay() throws IOException {
        for (int i = 0; i < 50; i++) {
            dial(1);
            peers.remove(0).close();
            accept(1);
        }
        server.send(frame);

        assertThat(server.peers()).isZero();
    }

    @Test
    void survivesAThousandConnectionsAtOnceInConstantMemory() throws IOException {
        long before = OpenDescriptors.count();
        List<SocketChannel> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            try {
                channel.connect(address());
            } catch (IOException e) {
                // The kernel refuses connections beyond the backlog.
            }
            flood.add(channel);
            if (i % 16 == 0) {
                accept(16);
                server.send(frame);
            }
        }
        accept(16);

        assertThat(server.peers()).isEqualTo(Peers.MAX);
        assertThat(captured.lines()).hasSizeLessThan(10);
        ByteBuffer received = ByteBuffer.allocate(frame.length);
        assertThat(flood.get(0).read(received)).isEqualTo(frame.length);

        for (SocketChannel channel : flood) {
            channel.close();
        }
        server.send(frame);
        assertThat(server.peers()).isZero();
        assertThat(OpenDescriptors.count()).isLessThan(before + 10);
    }

    private void dial(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            peers.add(transport.dial(endpoint, PATIENCE_MS));
        }
    }

    private UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(((Endpoint.Unix) endpoint).path());
    }

    /** Returns whether the server has closed the connection, after reading all that it has sent. */
    private static boolean isClosed(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            ByteBuffer received = ByteBuffer.allocate(1024);
            int count;
            while ((count = channel.read(received)) > 0) {
                received.clear();
            }
            return count < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts this many waiting peers; each takes up to 4 calls of the clock. */
    private void accept(int count) {
        server.acceptUntil(clock.turns(4 * count));
    }

    private byte[] receive(Connection peer) throws IOException {
        byte[] received = new byte[frame.length];
        peer.receive(received, 0, received.length);
        return received;
    }
}
