package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.enclavemetrics.frame.CpuMode;
import org.junit.jupiter.api.Test;

class UsageWindowTest {

    private static final int USER = CpuMode.USER.place();
    private static final int IDLE = CpuMode.IDLE.place();
    private static final int IOWAIT = CpuMode.IOWAIT.place();
    private static final int STEAL = CpuMode.STEAL.place();

    private final UsageWindow window = new UsageWindow(15);
    private final Usage usage = new Usage();
    private final Sample sample = sample();

    @Test
    void hasNoValueForTheFirstSample() {
        assertThat(window.add(sample, usage)).isFalse();
    }

    @Test
    void givesBusyTimeOverAllTime() {
        window.add(sample, usage);
        tick(1000, 500, 1500);

        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isEqualTo(0.25);
        assertThat(usage.windowMs).isEqualTo(1000);
    }

    @Test
    void countsStealAsBusyAndIowaitAsIdle() {
        window.add(sample, usage);
        tick(1000, 0, 500);
        move(STEAL, 250);
        move(IOWAIT, 250);
        window.add(sample, usage);

        assertThat(usage.cpu).isEqualTo(0.25);
    }

    @Test
    void isRightHoweverUnevenlyTheSamplesFall() {
        window.add(sample, usage);
        tick(100, 200, 0);
        window.add(sample, usage);
        tick(9900, 0, 19800);
        window.add(sample, usage);

        assertThat(usage.cpu).isEqualTo(0.01); // a mean of the two ratios would say 0.5
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        window.add(sample, usage);
        tick(1000, 2000, 0);
        window.add(sample, usage);
        for (int second = 0; second < 15; second++) {
            assertThat(usage.cpu).isPositive();
            tick(1000, 0, 2000);
            window.add(sample, usage);
        }

        assertThat(usage.cpu).isZero();
        assertThat(usage.windowMs).isEqualTo(15_000);
    }

    @Test
    void showsAShortBurstAsItsShareOfTheWindow() {
        window.add(sample, usage);
        for (int second = 0; second < 15; second++) {
            boolean burst = second >= 5 && second < 10;
            tick(1000, burst ? 1000 : 0, burst ? 1000 : 2000);
            window.add(sample, usage);
        }

        assertThat(usage.cpu).isCloseTo(1 / 6.0, within(1e-9));
    }

    @Test
    void findsTheBusiestCore() {
        window.add(sample, usage);
        tick(1000, 0, 1200);
        sample.cpu.coreMs(0, USER, 200);
        sample.cpu.coreMs(0, IDLE, 800);
        sample.cpu.coreMs(1, USER, 600);
        sample.cpu.coreMs(1, IDLE, 400);
        window.add(sample, usage);

        assertThat(usage.busiestCore).isEqualTo(0.6);
    }

    @Test
    void weighsMemoryByTime() {
        sample.memoryAvailableBytes = 1000;
        window.add(sample, usage);
        tick(1000, 1, 1);
        sample.memoryAvailableBytes = 0;
        window.add(sample, usage);
        assertThat(usage.memory).isCloseTo(0.5, within(1e-12)); // a straight line from 0 to 1

        tick(9000, 1, 1);
        window.add(sample, usage);
        assertThat(usage.memory).isCloseTo(0.95, within(1e-12));
    }

    @Test
    void countsAStepBackwardsAsNothing() {
        window.add(sample, usage);
        tick(1000, 500, 500);
        window.add(sample, usage);
        tick(1000, 500, 500);
        move(IOWAIT, -100);
        move(IDLE, -2999);
        window.add(sample, usage);

        assertThat(usage.cpu).isCloseTo(1000 / 1500.0, within(1e-12));
        assertThat(window.cpuTimeMs(IDLE)).isEqualTo(100_500);
    }

    @Test
    void countsAModeThatSwingsOnce() {
        window.add(sample, usage);
        for (int swing = 0; swing < 3; swing++) {
            tick(1000, 500, 500);
            move(IOWAIT, 400);
            window.add(sample, usage);
            tick(1000, 500, 500);
            move(IOWAIT, -400);
            window.add(sample, usage);
        }

        assertThat(usage.cpu).isCloseTo(3000 / 6400.0, within(1e-12));
    }

    @Test
    void goesOnFromBelowWhereAnotherModeFellFarBack() {
        move(STEAL, 100_000);
        window.add(sample, usage);
        tick(1000, 500, 500);
        move(STEAL, -100_000);
        window.add(sample, usage);
        tick(1000, 0, 500);
        move(STEAL, 500);
        window.add(sample, usage);

        assertThat(usage.cpu).isEqualTo(0.5);
    }

    @Test
    void restartsWhenIdleJumpsFarBack() {
        window.add(sample, usage);
        tick(1000, 500, 500);
        window.add(sample, usage);
        tick(1000, 500, 0);
        move(IDLE, -3000);
        assertThat(window.add(sample, usage)).isFalse();

        tick(1000, 200, 800);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isEqualTo(0.2);
        assertThat(usage.windowMs).isEqualTo(1000);
    }

    @Test
    void restartsWhenACoreGoesOrComes() {
        window.add(sample, usage);
        tick(1000, 500, 500);
        window.add(sample, usage);
        sample.cpu.addCore(2);
        tick(1000, 2000, 0);
        assertThat(window.add(sample, usage)).isFalse();

        tick(1000, 0, 2000);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isZero();
    }

    @Test
    void restartsWhenAnotherCoreIsOnlineInThePlaceOfOne() {
        window.add(sample, usage);
        sample.cpu.clear();
        sample.cpu.addCore(0);
        sample.cpu.addCore(7);
        tick(1000, 500, 500);

        assertThat(window.add(sample, usage)).isFalse();
    }

    @Test
    void hasNoValueWhileTheKernelsTimeStandsStill() {
        window.add(sample, usage);
        tick(1000, 0, 0);

        assertThat(window.add(sample, usage)).isFalse();
    }

    @Test
    void restartsWhenTheClockDoesNotGoOn() {
        window.add(sample, usage);
        tick(0, 500, 500);

        assertThat(window.add(sample, usage)).isFalse();
    }

    @Test
    void staysWithinBoundsWhateverTheCountersDo() {
        java.util.Random random = new java.util.Random(42);
        for (int i = 0; i < 20_000; i++) {
            tick(random.nextInt(3000), random.nextInt(4000) - 1000, random.nextInt(4000) - 1000);
            move(random.nextInt(CpuMode.COUNT), random.nextInt(2000) - 1000);
            sample.memoryAvailableBytes = random.nextInt(1001);
            if (window.add(sample, usage)) {
                assertThat(usage.cpu).isBetween(0.0, 1.0);
                assertThat(usage.busiestCore).isBetween(0.0, 1.0);
                assertThat(usage.memory).isBetween(0.0, 1.0);
                assertThat(usage.windowMs).isPositive();
            }
        }
    }

    private static Sample sample() {
        Sample sample = new Sample();
        sample.uptimeNs = 1;
        sample.cpu.addCore(0);
        sample.cpu.addCore(1);
        sample.cpu.totalMs[IDLE] = 100_000;
        sample.memoryTotalBytes = 1000;
        sample.memoryAvailableBytes = 500;
        return sample;
    }

    private void tick(long ms, long busyMs, long idleMs) {
        sample.uptimeNs += ms * 1_000_000;
        move(USER, busyMs);
        move(IDLE, idleMs);
    }

    private void move(int mode, long ms) {
        sample.cpu.totalMs[mode] = Math.max(0, sample.cpu.totalMs[mode] + ms);
    }
}
