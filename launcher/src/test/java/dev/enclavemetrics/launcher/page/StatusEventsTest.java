package dev.enclavemetrics.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.frame.Ending;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.launcher.snapshot.Snapshot;
import dev.enclavemetrics.launcher.snapshot.UsagePoint;
import dev.enclavemetrics.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusEventsTest {

    private final TestClock clock = new TestClock();
    private final long startNs = clock.nanoTime();
    private final StatusEvents events = new StatusEvents("vsock:16:59090", "1.2.3", startNs);

    private Snapshot received() {
        return Snapshot.INITIAL
                .connected()
                .received(
                        new ReceivedFrame(
                                Frames.frame(1, 1000), clock.nanoTime(), clock.instant()));
    }

    private Snapshot ended() {
        Ending ending = new Ending(Ending.Kind.EXITED, 3);
        MetricsFrame last = Frames.with(Frames.frame(9, 1000), Map.of(), ending);
        return Snapshot.INITIAL.received(
                new ReceivedFrame(last, clock.nanoTime(), clock.instant()));
    }

    private String update(Snapshot snapshot, UsagePoint... points) {
        byte[] event = events.update(snapshot, List.of(points), clock.nanoTime(), clock.instant());
        return new String(event, StandardCharsets.UTF_8);
    }

    @Test
    void writesAllThatThePageShows() {
        clock.advance(Duration.ofMillis(2500));
        UsagePoint point = new UsagePoint(7, clock.nanoTime(), 0.4213, 0.3127, true);
        byte[] history =
                events.history(received(), List.of(point), clock.nanoTime(), clock.instant());

        assertThat(new String(history, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        retry: 2000
                        event: history
                        data: {"launcher":"1.2.3","enclave":"vsock:16:59090","now":1795498802623,\
                        "at":2500,"state":"Fresh","usage":{"cpu":0.4213,"memory":0.3127,\
                        "busiestCore":0.81,"cores":2,"memoryTotalBytes":2147483648,\
                        "memoryUsedBytes":1073741824,"filesystemBytes":3145728,\
                        "windowSeconds":15,"intervalSeconds":1,"uptimeSeconds":90},\
                        "lastValue":"2026-11-24T05:40:02.623Z",\
                        "message":"values arrive from the enclave and are served at /metrics",\
                        "next":"","points":[[7,2500,0.4213,0.3127,1]]}

                        """);
    }

    @Test
    void addsHealthAndTheApplicationsNumbersIfTheAgentSendsThem() {
        Snapshot snapshot =
                Snapshot.INITIAL.received(
                        new ReceivedFrame(Frames.full(), clock.nanoTime(), clock.instant()));

        assertThat(update(snapshot))
                .contains(
                        "\"health\":{\"threadsRunnable\":1500000,\"threadsBlocked\":1500001,"
                                + "\"oomKills\":1500002,\"filesOpen\":1500003},"
                                + "\"application\":[[\"queue_depth\",60]],\"lastValue\"");
    }

    @Test
    void neverShowsAnOldNumberNorZero() {
        Snapshot snapshot = received();
        clock.advance(Duration.ofSeconds(3));

        assertThat(update(snapshot)).contains("\"state\":\"Stale\"").doesNotContain("usage");
    }

    @ParameterizedTest
    @CsvSource({
        "NotConnected, nitro-cli describe-enclaves",
        "WarmingUp, read its output in the enclave",
        "Stale, last output in it",
        "Ended, Then restart the enclave",
        "Silent, restart the enclave",
        "Frozen, If the enclave has just been restarted"
    })
    void tellsAnOperatorWhatToDoNext(String state, String step) {
        Snapshot snapshot =
                switch (state) {
                    case "NotConnected" -> Snapshot.INITIAL.lost("nobody listens");
                    case "WarmingUp" -> Snapshot.INITIAL.connected();
                    case "Stale" -> received().lost("gone");
                    case "Ended" -> ended();
                    case "Frozen" -> received().lost("gone").connected();
                    default -> received();
                };
        clock.advance(Duration.ofSeconds(3));

        String name = state.equals("Silent") || state.equals("Frozen") ? "Stale" : state;
        assertThat(update(snapshot))
                .contains("\"state\":\"" + name + "\"")
                .containsPattern("\"next\":\"[^\"]*" + step);
    }

    @Test
    void keepsAnEventOnOneLineWhateverAPeerSays() {
        assertThat(update(Snapshot.INITIAL.lost("a\nevent: b\r\n\ndata: \"c\"\u2028")))
                .hasLineCount(3)
                .contains("a\\nevent: b\\r\\n\\ndata: \\\"c\\\"");
    }
}
