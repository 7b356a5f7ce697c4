package dev.enclavemetrics.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Screen screen(int rows, int columns) {
        return new Screen(
                new UsageTable(new UsageTable.Layout(false, false, true)),
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
        Screen screen = screen(24, 80);
        screen.show(UsageTableTest.usages(UsageTableTest.BUSY));
        String frame =
                """
                \033[H2026-11-24T05:40:00Z, every 15s, Ctrl-C ends\033[K
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
        Usages many =
                new Usages(
                        TestClock.START, Collections.nCopies(50, UsageTableTest.DEAD), List.of());
        screen(10, 20).show(many);
        List<String> lines = drawn().lines().toList();
        assertThat(lines).hasSize(10); // the last has only the end of the frame
        assertThat(lines.get(3)).isEqualTo("dead   -     -     …\033[K");
        assertThat(lines.get(8)).isEqualTo("… 45 more lines; na…\033[K");
    }

    @Test
    void showsRemarksBelow() {
        screen(24, 80).show(new Usages(TestClock.START, List.of(), List.of("a\nb")));
        assertThat(drawn()).contains("No pods\033[K\nWarning: a\\u000ab\033[K\n");
    }

    @Test
    void showsAFailureInPlaceOfOldValues() {
        Screen screen = screen(24, 80);
        screen.show(UsageTableTest.usages(UsageTableTest.BUSY));
        out.reset();
        screen.fail("it is down");
        assertThat(drawn()).contains("error: it is down\033[K\n\033[J").doesNotContain("busy");
    }
}
