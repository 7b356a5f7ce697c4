package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateWindowTest {

    private static final long SECOND_NS = 1_000_000_000;

    private final RateWindow window = new RateWindow(3, 1000);

    @Test
    void givesTheIncreasePerSecondOverTheWindow() {
        window.add(0, 100, 1);
        assertThat(window.perSecond()).isNaN();
        window.add(SECOND_NS, 110, 1);
        assertThat(window.perSecond()).isEqualTo(10);
        window.add(2 * SECOND_NS, 130, 1);
        assertThat(window.perSecond()).isEqualTo(15);
        window.add(3 * SECOND_NS, 130, 1);
        assertThat(window.perSecond()).isEqualTo(10);
        window.add(4 * SECOND_NS, 130, 1); // the first reading has left the window
        assertThat(window.perSecond())
                .isCloseTo(20 / 3.0, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void countsFromZeroAfterAReset() {
        window.add(0, 1000, 1);
        window.add(SECOND_NS, 5, 1);
        assertThat(window.perSecond()).isEqualTo(5);
    }

    @Test
    void restartsWhenASeriesVanishes() {
        window.add(0, 1000, 2);
        window.add(SECOND_NS, 600, 1);
        assertThat(window.perSecond()).isNaN();
        window.add(2 * SECOND_NS, 601, 1);
        assertThat(window.perSecond()).isEqualTo(1);
    }

    @Test
    void countsANewSeriesFromZero() {
        window.add(0, 1000, 1);
        window.add(SECOND_NS, 1003, 2);
        assertThat(window.perSecond()).isEqualTo(3);
    }

    @Test
    void restartsAfterALongGapOrWhenTheClockStands() {
        window.add(0, 1, 1);
        window.add(7 * SECOND_NS, 100, 1);
        assertThat(window.perSecond()).isNaN();
        window.add(8 * SECOND_NS, 101, 1);
        assertThat(window.perSecond()).isEqualTo(1);
        window.add(8 * SECOND_NS, 102, 1);
        assertThat(window.perSecond()).isNaN();
    }
}
