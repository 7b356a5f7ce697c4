package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.benchmarks.ScrapeJournal.Summary;
import org.junit.jupiter.api.Test;

class ScrapeJournalTest {

    private static final long PERIOD_NS = 15_000_000_000L;

    private final ScrapeJournal journal = new ScrapeJournal(2, PERIOD_NS);

    @Test
    void findsNothingMissedWhereEachIsAskedOnceAPeriod() {
        journal.begin(0, 0);
        journal.begin(1, 0);
        for (int period = 1; period <= 4; period++) {
            journal.scraped(0, at(period));
            journal.scraped(1, at(period - 0.5));
        }

        assertThat(journal.summary(at(4)))
                .isEqualTo(new Summary(8, 0, 0, 0, PERIOD_NS / 1_000_000));
    }

    @Test
    void countsThePeriodsThatAGapSkips() {
        journal.begin(0, 0);
        journal.scraped(0, at(1));
        journal.scraped(0, at(4.2));

        Summary summary = journal.summary(at(4.2));

        assertThat(summary.missed()).isEqualTo(2);
        assertThat(summary.longestGapMs()).isEqualTo(48_000);
        assertThat(summary.p99LatenessMs()).isEqualTo(33_000);
    }

    @Test
    void countsAGapThatIsStillOpen() {
        journal.begin(0, 0);
        journal.scraped(0, at(1));

        Summary summary = journal.summary(at(3));

        assertThat(summary.scrapes()).isEqualTo(1);
        assertThat(summary.missed()).isEqualTo(1);
        assertThat(summary.silentPods()).isZero();
    }

    @Test
    void countsAPodThatIsNeverAsked() {
        journal.begin(0, 0);

        Summary summary = journal.summary(at(4));

        assertThat(summary.silentPods()).isEqualTo(1);
        assertThat(summary.missed()).isEqualTo(3);
    }

    @Test
    void expectsNothingOfAPodBeforeItRunsAndAfterItEnds() {
        journal.scraped(0, at(1));
        journal.begin(0, at(2));
        journal.end(0);
        journal.scraped(0, at(3));

        assertThat(journal.summary(at(9))).isEqualTo(new Summary(0, 0, 0, 0, 0));
    }

    @Test
    void measuresTheFirstGapOfAWindowFromTheScrapeBeforeIt() {
        journal.begin(0, 0);
        journal.scraped(0, at(1));
        journal.startWindow();
        journal.scraped(0, at(3));

        Summary summary = journal.summary(at(3));

        assertThat(summary.scrapes()).isEqualTo(1);
        assertThat(summary.missed()).isEqualTo(1);
    }

    private static long at(double periods) {
        return Math.round(periods * PERIOD_NS);
    }
}
