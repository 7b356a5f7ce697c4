package dev.enclavemetrics.kubectl.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.kubectl.query.UsageList;
import dev.enclavemetrics.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalDisplayTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TerminalDisplay screen(int rows, int columns) {
        return new TerminalDisplay(
                Tables.of(false, false, List.of(), true),
                "No pods",
                Duration.ofSeconds(15),
                new TestClock(),
                () -> new Terminal.Size(rows, columns),
                new PrintStream(out, false, UTF_8));
    }

    private String drawn() {
        String drawn = out.toString(UTF_8);
        out.reset();
        return drawn;
    }

    @Test
    void drawsOneRoundOverTheOther() {
        TerminalDisplay screen = screen(24, 80);
        screen.show(UsageTableTest.usages(UsageTableTest.BUSY));
        String frame =
                """
                \033[H2026-11-24T05:40:00Z, every 15s, Ctrl-C to stop\033[K
                \033[K
                NAME   CPU     MEMORY   AGE     REASON\033[K
                busy   90.0%   5.0%     2m30s\033[K
                \033[J\
                """;
        assertThat(drawn()).isEqualTo("\033[2J" + frame);
        screen.show(UsageTableTest.usages(UsageTableTest.BUSY));
        assertThat(drawn()).isEqualTo(frame);
    }

    @Test
    void cutsWhatDoesNotFit() {
        UsageList many =
                new UsageList(
                        TestClock.START, Collections.nCopies(50, UsageTableTest.DEAD), List.of());
        screen(10, 20).show(many);
        List<String> lines = drawn().lines().toList();
        assertThat(lines).hasSize(10); // the last line has only the end of the frame
        assertThat(lines.get(3)).isEqualTo("dead   -     -     …\033[K");
        assertThat(lines.get(8)).isEqualTo("… 45 more lines; na…\033[K");
    }

    @Test
    void showsNotesBelow() {
        screen(24, 80).show(new UsageList(TestClock.START, List.of(), List.of("a\nb")));
        assertThat(drawn()).contains("No pods\033[K\nWarning: a\\u000ab\033[K\n");
    }

    @Test
    void showsAFailureInPlaceOfOldValues() {
        TerminalDisplay screen = screen(24, 80);
        screen.show(UsageTableTest.usages(UsageTableTest.BUSY));
        out.reset();
        screen.fail("it is down");
        assertThat(drawn()).contains("error: it is down\033[K\n\033[J").doesNotContain("busy");
    }
}
