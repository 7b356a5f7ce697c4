package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveTimeoutTest {

    private final ReceiveTimeout wait = new ReceiveTimeout();

    private int firstMs() {
        wait.connected();
        return wait.ms();
    }

    @Test
    void waitsForTheLongestIntervalThereIsUntilOneIsKnown() {
        assertThat(firstMs()).isEqualTo(180_000);
        wait.missed();
        assertThat(firstMs()).isEqualTo(180_000);
    }

    @Test
    void waitsForThreeIntervalsOfTheLastFrame() {
        firstMs();
        wait.received(100);
        assertThat(wait.ms()).isEqualTo(300);
        wait.received(1000);
        assertThat(wait.ms()).isEqualTo(3000);
        assertThat(firstMs()).isEqualTo(3000);
    }

    @Test
    void waitsLongerForAFirstFrameThatDidNotComeInTime() {
        firstMs();
        wait.received(100);
        for (int ms : new int[] {300, 600, 1200}) {
            assertThat(firstMs()).isEqualTo(ms);
            wait.missed();
        }

        wait.received(100);
        assertThat(firstMs()).isEqualTo(300);
    }

    @Test
    void waitsNoLongerForALaterFrameThatDidNotComeInTime() {
        firstMs();
        wait.received(100);
        wait.missed();

        assertThat(firstMs()).isEqualTo(300);
    }
}
