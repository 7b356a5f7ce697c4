package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import dev.enclavemetrics.transport.Endpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {

    private static final Endpoint ENDPOINT = new Endpoint.Vsock(16, 59090);
    private static final String RETRY = "; retrying";

    private final LogLines lines = new LogLines();
    private final ConnectionLog journal = new ConnectionLog(lines.log());

    private long nowNs;

    private void frames(int count) {
        for (int i = 1; i <= count; i++) {
            frame(i, nowNs);
        }
    }

    private void frame(long sequence, long sampleNs) {
        journal.received(
                new ReceivedFrame(Frames.frame(sequence, 1000), sampleNs, TestClock.START), nowNs);
    }

    private void steadyFrames() {
        frames(1);
        nowNs += ConnectionLog.STEADY_NS;
        frames(1);
    }

    @Test
    void tellsOfConnectionAndFirstFrameButNotOfTheOthers() {
        journal.connected(ENDPOINT);
        frames(100);

        assertThat(lines.lines())
                .containsExactly(
                        "INFO  connected to vsock:16:59090",
                        "INFO  first frame received, interval 1000 ms: values are fresh");
    }

    @Test
    void takesNoOldFrameForTheFirst() {
        journal.connected(ENDPOINT);
        frame(1, nowNs - 3_000_000_000L);
        assertThat(lines.lines()).containsExactly("INFO  connected to vsock:16:59090");

        frame(2, nowNs);

        assertThat(lines.lines()).hasSize(2).last().asString().contains("values are fresh");
    }

    @Test
    void tellsARepeatedReasonOnce() {
        for (int i = 0; i < 100; i++) {
            journal.failed("nobody listens");
        }

        assertThat(lines.lines()).containsExactly("WARN  nobody listens" + RETRY);
    }

    @Test
    void takesReasonsThatDifferInNumbersForOne() {
        journal.failed("checksum must be 0xab12, found 0x99");
        journal.failed("checksum must be 0xffff, found 0x1");

        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void tellsAgainAfterASteadyConnection() {
        for (int outage = 0; outage < 2; outage++) {
            journal.failed("gone");
            journal.connected(ENDPOINT);
            steadyFrames();
        }

        assertThat(lines.lines())
                .containsExactly(
                        "WARN  gone" + RETRY,
                        "INFO  connected to vsock:16:59090",
                        "INFO  first frame received, interval 1000 ms: values are fresh",
                        "WARN  gone" + RETRY,
                        "INFO  connected to vsock:16:59090",
                        "INFO  first frame received, interval 1000 ms: values are fresh");
    }

    private void lastFrame(int code) {
        Ending ending = new Ending(Ending.Kind.EXITED, code);
        journal.received(
                new ReceivedFrame(
                        Frames.with(Frames.frame(9, 1000), Map.of(), ending),
                        nowNs,
                        TestClock.START),
                nowNs);
    }

    @Test
    void tellsHowTheCommandEndedOnceHoweverOftenItIsSent() {
        journal.connected(ENDPOINT);
        for (int i = 0; i < 10; i++) {
            lastFrame(3);
            journal.failed("gone");
            journal.connected(ENDPOINT);
        }
        lastFrame(4);

        assertThat(lines.lines())
                .filteredOn(line -> line.contains("command"))
                .containsExactly(
                        "WARN  the enclave's command exited with code 3 (memory usage 31 %)",
                        "WARN  the enclave's command exited with code 4 (memory usage 31 %)");
    }

    @Test
    void fillsNoDiskForAPeerThatEndsInEveryWay() {
        for (int code = 0; code < 256; code++) {
            lastFrame(code);
        }

        assertThat(lines.lines()).hasSizeLessThan(20);
    }

    @Test
    void fillsNoDiskForAPeerThatBreaksAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            journal.connected(ENDPOINT);
            frames(10); // without a pause: a peer may send many valid frames before it fails
            journal.failed("malformed");
        }
        assertThat(lines.lines())
                .containsExactly(
                        "INFO  connected to vsock:16:59090",
                        "INFO  first frame received, interval 1000 ms: values are fresh",
                        "WARN  malformed" + RETRY,
                        "INFO  connected to vsock:16:59090",
                        "INFO  first frame received, interval 1000 ms: values are fresh");

        journal.connected(ENDPOINT);
        steadyFrames();

        assertThat(lines.lines()).last().isEqualTo("INFO  recovered: frames arrive steadily");
    }

    @Test
    void fillsNoDiskForAPeerWithEverNewWords() {
        for (char c = 'a'; c < 'a' + 1000; c++) {
            journal.failed("found " + c);
        }

        assertThat(lines.lines()).hasSize(16);
    }
}
