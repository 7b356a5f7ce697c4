package dev.enclavemetrics.agent.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.enclavemetrics.agent.sample.Sample;
import dev.enclavemetrics.frame.CpuMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageWindowTest {

    private static final int USER = CpuMode.USER.index();
    private static final int IDLE = CpuMode.IDLE.index();
    private static final int IOWAIT = CpuMode.IOWAIT.index();
    private static final int STEAL = CpuMode.STEAL.index();

    /** A counter in ns that fell below 0, read as an unsigned 64-bit number, in ms. */
    private static final long UNDERFLOW_MS = 18_446_744_073_700L;

    private final UsageWindow window = new UsageWindow(15, 1000);
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

        assertThat(usage.cpu).isEqualTo(0.01); // the mean of the two ratios would be 0.5
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
        assertThat(usage.memory).isCloseTo(0.5, within(1e-12)); // linear interpolation from 0 to 1

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
    void restartsWhenAnotherModeFallsFarBack() {
        move(STEAL, 100_000);
        window.add(sample, usage);
        tick(1000, 500, 500);
        move(STEAL, -100_000);
        assertThat(window.add(sample, usage)).isFalse();
        assertThat(window.cpuAhead()).isNull();

        tick(1000, 0, 500);
        move(STEAL, 500);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isEqualTo(0.5);
    }

    @Test
    void takesNoStepForCpuTimeThatIsAheadOfTheClock() {
        for (int second = 0; second < 6; second++) {
            tick(1000, 200, 1800);
            window.add(sample, usage);
        }
        long userMs = window.cpuTimeMs(USER);
        tick(1000, 200, 1800);
        move(STEAL, UNDERFLOW_MS);
        assertThat(window.add(sample, usage)).isFalse();
        assertThat(window.cpuAhead())
                .isEqualTo("steal of all cores moved by " + UNDERFLOW_MS + "ms in 1000ms");
        assertThat(window.cpuTimeMs(STEAL)).isZero();
        assertThat(window.cpuTimeMs(USER)).isEqualTo(userMs);

        tick(1000, 200, 1800);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(window.cpuAhead()).isNull();
        assertThat(usage.cpu).isEqualTo(0.1);
        assertThat(usage.windowMs).isEqualTo(1000);

        tick(1000, 200, 1800);
        move(STEAL, -UNDERFLOW_MS);
        assertThat(window.add(sample, usage)).isFalse();
        tick(1000, 200, 1700);
        move(STEAL, 100);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isEqualTo(0.15);
        assertThat(window.cpuTimeMs(STEAL)).isEqualTo(100);
    }

    @Test
    void takesNoStepOfOneCoreForCpuTimeThatIsAheadOfTheClock() {
        window.add(sample, usage);
        tick(1000, 500, 1500);
        sample.cpu.coreMs(1, STEAL, 4001);
        assertThat(window.add(sample, usage)).isFalse();
        assertThat(window.cpuAhead()).isEqualTo("steal of cpu1 moved by 4001ms in 1000ms");

        tick(1000, 500, 1500);
        sample.cpu.coreMs(1, STEAL, 5001);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.busiestCore).isEqualTo(1.0);
    }

    @Test
    void takesIdleTimeThatIsAheadOfTheClockForNoneEither() {
        window.add(sample, usage);
        tick(1000, 500, 8001);
        assertThat(window.add(sample, usage)).isFalse();

        tick(1000, 500, 1500);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 60_000})
    void allowsTheTicksOfAllCoresToComeLate(int intervalMs) {
        long movedMs = intervalMs + 2900L;
        UsageWindow paced = new UsageWindow(15, intervalMs);
        paced.add(sample, usage);
        tick(intervalMs, 2 * movedMs, 0);
        sample.cpu.coreMs(0, USER, movedMs);
        sample.cpu.coreMs(1, USER, movedMs);

        assertThat(paced.add(sample, usage)).isTrue();
    }

    @Test
    void allowsAWholeSleepToSwingFromIowaitToIdle() {
        window.add(sample, usage);
        for (int second = 0; second < 9; second++) {
            tick(1000, 0, 0);
            move(IOWAIT, 2000);
            window.add(sample, usage);
        }
        tick(1000, 0, 20_000);
        move(IOWAIT, -18_000);

        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.cpu).isZero();
    }

    @Test
    void forgetsByTimeHoweverFewTheSamplesWere() {
        fill();
        tick(10_000, 0, 20_000);
        window.add(sample, usage);
        assertThat(usage.windowMs).isEqualTo(15_000);

        tick(1000, 0, 2000);
        window.add(sample, usage);
        assertThat(usage.windowMs).isEqualTo(15_000);
        for (int second = 0; second < 15; second++) {
            assertThat(usage.windowMs).isBetween(4000L, 15_500L);
            tick(1000, 0, 2000);
            window.add(sample, usage);
        }
        assertThat(usage.windowMs).isEqualTo(15_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {19_000, 25_000, 90_000_000})
    void restartsAfterAPauseLongerThanTheWindow(long pauseMs) {
        sample.memoryAvailableBytes = 0;
        fill();
        sample.memoryAvailableBytes = 1000;
        tick(pauseMs, 2 * pauseMs, 0);
        assertThat(window.add(sample, usage)).isFalse();
        assertThat(window.cpuAhead()).isNull();

        tick(1000, 200, 1800);
        assertThat(window.add(sample, usage)).isTrue();
        assertThat(usage.windowMs).isEqualTo(1000);
        assertThat(usage.cpu).isEqualTo(0.1);
        assertThat(usage.memory).isZero();
    }

    @Test
    void hasValuesThoughEverySampleComesLaterThanAShortWindow() {
        UsageWindow shortest = new UsageWindow(1, 1000);
        shortest.add(sample, usage);
        for (int late = 0; late < 5; late++) {
            tick(2000, 1000, 3000);
            assertThat(shortest.add(sample, usage)).isTrue();
            assertThat(usage.windowMs).isEqualTo(2000);
        }
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

    private void fill() {
        for (int second = 0; second < 16; second++) {
            tick(1000, 1000, 1000);
            window.add(sample, usage);
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
