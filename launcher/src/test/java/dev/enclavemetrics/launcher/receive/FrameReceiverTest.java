package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.launcher.snapshot.Snapshot;
import dev.enclavemetrics.launcher.snapshot.Snapshot.Link;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import dev.enclavemetrics.transport.Endpoint;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses scripted peers over a real Unix socket. */
@Timeout(60)
class FrameReceiverTest {

    /** Long, since a peer that falls silent for three of them is dropped. */
    private static final int INTERVAL_MS = 60_000;

    @TempDir Path folder;

    private final LogLines log = new LogLines();
    private final Counters counters = new Counters();
    private final LatestSnapshot latest = new LatestSnapshot();
    private final TestClock clock = new TestClock();
    private final Backoff backoff = new Backoff(new Random(1), ms -> {});

    private Transport transport;
    private ScriptedAgent agent;
    private FrameReceiver receiver;

    @BeforeEach
    void connect() throws IOException {
        transport = Transport.load();
        agent = new ScriptedAgent(transport, folder);
        receiver = receiver(agent::endpoint);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        agent.close();
    }

    private FrameReceiver receiver(EnclaveLocator locator) {
        SnapshotWriter writer = new SnapshotWriter(latest, counters, clock, log.log());
        return new FrameReceiver(locator, transport, writer, backoff);
    }

    private MetricsFrame lastFrame() {
        return Objects.requireNonNull(latest.get().last()).frame();
    }

    @Test
    void publishesEachFrameWithItsTime() throws Exception {
        agent.next(
                connection -> {
                    for (int sequence = 1; sequence <= 3; sequence++) {
                        byte[] frame = Frames.bytes(sequence, INTERVAL_MS);
                        connection.send(frame, 0, frame.length);
                    }
                });

        receiver.receiveOnce();

        assertThat(latest.get().last())
                .isEqualTo(
                        new ReceivedFrame(
                                Frames.frame(3, INTERVAL_MS), clock.nanoTime(), TestClock.START));
        assertThat(counters.frames).hasValue(3);
        assertThat(counters.connects).hasValue(1);
        assertThat(counters.malformedFrames).hasValue(0);
        assertThat(log.lines())
                .containsExactly(
                        "INFO  connected to " + agent.endpoint(),
                        "INFO  first frame received, interval 60000 ms: values are fresh",
                        "WARN  the peer closed the connection " + agent.endpoint() + "; retrying");
    }

    @Test
    void passesOnHowTheCommandEnded() throws Exception {
        Ending ending = new Ending(Ending.Kind.KILLED, 9);
        List<Ending> endings = new ArrayList<>();
        receiver =
                receiver(
                        new EnclaveLocator() {
                            @Override
                            public Endpoint locate() {
                                return agent.endpoint();
                            }

                            @Override
                            public void ended(Ending how, MetricsFrame last) {
                                endings.add(how);
                            }
                        });
        agent.next(
                connection -> {
                    byte[] first = Frames.bytes(1, INTERVAL_MS);
                    connection.send(first, 0, first.length);
                    MetricsFrame frame =
                            Frames.with(Frames.frame(2, INTERVAL_MS), Map.of(), ending);
                    byte[] last = Frames.bytes(frame);
                    connection.send(last, 0, last.length);
                });

        receiver.receiveOnce();

        assertThat(endings).containsExactly(ending);
        assertThat(log.lines())
                .contains("WARN  the enclave's command was killed by signal 9 (memory usage 31 %)");
    }

    @Test
    void takesAFrameThatComesInPieces() throws Exception {
        agent.next(
                connection -> {
                    for (byte piece : Frames.bytes(1, INTERVAL_MS)) {
                        connection.send(new byte[] {piece}, 0, 1);
                    }
                });

        receiver.receiveOnce();

        assertThat(lastFrame().sequence()).isEqualTo(1);
    }

    @Test
    void survivesEveryPrefixOfAFrame() throws Exception {
        byte[] frame = Frames.bytes(1, INTERVAL_MS);

        for (int length = 0; length < frame.length; length++) {
            agent.nextSends(Arrays.copyOf(frame, length));
            receiver.receiveOnce();
        }

        assertThat(counters.connects).hasValue(frame.length);
        assertThat(counters.frames).hasValue(0);
        assertThat(latest.get().last()).isNull();
        assertThat(log.lines()).hasSize(3); // connected, lost, connected
    }

    @Test
    @Timeout(600) // 1,856 connections
    void refusesEverySingleBitFlipOfAFrame() throws Exception {
        byte[] frame = Frames.bytes(1, INTERVAL_MS);

        for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            agent.nextSends(flipped);
            receiver.receiveOnce();
        }

        assertThat(counters.connects).hasValue((long) frame.length * Byte.SIZE);
        assertThat(counters.frames).hasValue(0);
        assertThat(latest.get().last()).isNull();
        assertThat(log.lines()).hasSizeLessThan(20); // each of the few reasons is logged once
    }

    @Test
    void dropsAPeerThatSendsGarbageAndSaysWhy() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        agent.nextSends(garbage);

        receiver.receiveOnce();

        assertThat(counters.malformedFrames).hasValue(1);
        assertThat(latest.get().link()).isEqualTo(Link.DOWN);
        assertThat(latest.get().why())
                .startsWith("malformed frame from " + agent.endpoint() + ": magic must be");
    }

    @Test
    void dropsAPeerWhoseSequenceGoesBackAndKeepsTheGoodFrame() throws Exception {
        agent.next(
                connection -> {
                    byte[] first = Frames.bytes(5, INTERVAL_MS);
                    byte[] second = Frames.bytes(4, INTERVAL_MS);
                    connection.send(first, 0, first.length);
                    connection.send(second, 0, second.length);
                    ScriptedAgent.awaitEnd(connection);
                });

        receiver.receiveOnce();

        assertThat(lastFrame().sequence()).isEqualTo(5);
        assertThat(counters.malformedFrames).hasValue(1);
        assertThat(latest.get().why()).contains("sequence must be above 5, found 4");
    }

    @Test
    void takesASequenceThatBeginsAnewOnAnotherConnection() throws Exception {
        agent.nextSends(Frames.bytes(5, INTERVAL_MS));
        agent.nextSends(Frames.bytes(1, INTERVAL_MS));

        receiver.receiveOnce();
        receiver.receiveOnce();

        assertThat(lastFrame().sequence()).isEqualTo(1);
        assertThat(counters.malformedFrames).hasValue(0);
    }

    @Test
    void dropsAPeerThatFallsSilentForThreeIntervals() throws Exception {
        agent.next(
                connection -> {
                    byte[] frame = Frames.bytes(1, 100);
                    connection.send(frame, 0, frame.length);
                    ScriptedAgent.awaitEnd(connection);
                });

        receiver.receiveOnce();

        assertThat(latest.get().why())
                .isEqualTo("no frame from " + agent.endpoint() + " for 300 ms");
    }

    @Test
    void countsADialThatFailsAndSaysWhatToDo() throws Exception {
        agent.close();

        receiver.receiveOnce();
        receiver.receiveOnce();

        assertThat(counters.connectFailures).hasValue(2);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN  connect " + agent.endpoint() + " failed: ENOENT")
                .contains("is the agent running?");
    }

    @Test
    void countsAnEnclaveThatIsNotFoundAsAFailedDial() throws Exception {
        receiver =
                receiver(
                        () -> {
                            throw new IOException("no running enclave");
                        });

        receiver.receiveOnce();

        assertThat(counters.connectFailures).hasValue(1);
        assertThat(latest.get()).isEqualTo(new Snapshot(null, Link.DOWN, "no running enclave"));
    }

    @Test
    void onlyPassesOnWhyAnEnclaveDoesNotRun() throws Exception {
        receiver =
                receiver(
                        () -> {
                            throw new EnclaveNotRunningException("the enclave is starting");
                        });

        receiver.receiveOnce();

        assertThat(latest.get())
                .isEqualTo(new Snapshot(null, Link.DOWN, "the enclave is starting"));
        assertThat(counters.connectFailures).hasValue(0);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void outlivesADefectOfItsOwn() throws Exception {
        receiver =
                receiver(
                        () -> {
                            throw new IllegalStateException("a defect");
                        });

        receiver.receiveOnce();

        assertThat(latest.get().why()).contains("a defect");
    }

    @Test
    void dialsAgainByItselfUntilFramesCome() throws Exception {
        agent.nextSends(new byte[0]);
        agent.nextSends(new byte[FrameDecoder.HEADER_BYTES]);
        agent.next(
                connection -> {
                    byte[] frame = Frames.bytes(1, 60_000);
                    connection.send(frame, 0, frame.length);
                    ScriptedAgent.awaitEnd(connection);
                });

        receiver.start();
        log.await(1, "first frame received");

        assertThat(counters.connects).hasValue(3);
    }

    @Test
    void endsAtOnceWhileItWaitsForAFrame() throws Exception {
        agent.next(ScriptedAgent.SILENCE);
        receiver.start();
        log.await(1, "connected");

        receiver.close();

        awaitEnd();
        assertThat(log.lines()).hasSize(1); // a close by the receiver is not logged as a loss
    }

    @Test
    void logsNothingOfASearchThatItEnds() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        receiver =
                receiver(
                        () -> {
                            looking.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                throw new IOException("interrupted", e);
                            }
                            throw new AssertionError();
                        });
        receiver.start();
        looking.await();

        receiver.close();

        awaitEnd();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void endsAtOnceWhileItPauses() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        Backoff longPause =
                new Backoff(
                        new Random(1),
                        ms -> {
                            pausing.countDown();
                            new CountDownLatch(1).await();
                        });
        Endpoint nobody = new Endpoint.Unix(folder.resolve("nobody").toString());
        receiver =
                new FrameReceiver(
                        () -> nobody,
                        transport,
                        new SnapshotWriter(latest, counters, clock, log.log()),
                        longPause);
        receiver.start();
        pausing.await();

        receiver.close();

        awaitEnd();
    }

    @Test
    void endsAtOnceWhileItLooksForTheEnclave() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        receiver =
                receiver(
                        () -> {
                            looking.countDown();
                            new CountDownLatch(1).await();
                            throw new IOException("never");
                        });
        receiver.start();
        looking.await();

        receiver.close();

        awaitEnd();
    }

    /** A busy machine may need longer than close() waits; the peer itself ends after a minute. */
    private void awaitEnd() {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (receiver.isAlive() && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertThat(receiver.isAlive()).isFalse();
    }
}
