package dev.enclavemetrics.launcher.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Frames;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleAgeTest {

    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int INTERVAL_MS = 1000;

    private final SampleAge age = new SampleAge();

    // Both near the end of their range, where a sum or a difference overflows.
    private long nowNs = Long.MAX_VALUE - 20 * SECOND;
    private long uptimeNs = 5 * SECOND;

    private boolean coarse;

    /** Advances both clocks. */
    private void pass(long ns) {
        nowNs += ns;
        uptimeNs += ns;
    }

    private long ageNs(boolean awaited, long sampledNs) {
        return age.atArrivalNs(Frames.sampledAt(sampledNs, 1, INTERVAL_MS, coarse), nowNs, awaited);
    }

    /** Returns the age of a frame that is read as soon as it is sampled. */
    private long awaitedNs() {
        return ageNs(true, uptimeNs);
    }

    /** Returns the age of a frame that had arrived before the launcher came to read it. */
    private long waitedNs(long sampledNs) {
        return ageNs(false, sampledNs);
    }

    private void stream(int frames) {
        waitedNs(uptimeNs); // the first of a connection
        for (int i = 0; i < frames; i++) {
            pass(SECOND);
            assertThat(awaitedNs()).isZero();
        }
    }

    @Test
    void takesFramesThatComeInTimeForNew() {
        stream(100);
    }

    @Test
    void tellsTheAgeOfEachFrameThatWaitedWhileTheLauncherWasSuspended() {
        stream(3);
        long stoppedNs = uptimeNs;
        pass(20 * SECOND + 300 * MS);

        // The launcher was already waiting for the first of them.
        assertThat(ageNs(true, stoppedNs + SECOND)).isEqualTo(19 * SECOND + 300 * MS);
        for (int i = 2; i <= 20; i++) {
            assertThat(waitedNs(stoppedNs + i * SECOND)).isEqualTo((20 - i) * SECOND + 300 * MS);
        }
        pass(700 * MS);
        assertThat(awaitedNs()).isZero();
    }

    @Test
    void knowsTheAgeOfTheFirstFrameOfALaterConnection() {
        stream(3);
        pass(7 * SECOND);

        assertThat(waitedNs(uptimeNs - 900 * MS)).isEqualTo(900 * MS);
    }

    @Test
    void knowsAnOldFrameOfAnAgentThatWasFrozen() {
        stream(3);
        long frozenNs = uptimeNs;
        pass(600 * SECOND);

        assertThat(waitedNs(frozenNs)).isEqualTo(600 * SECOND);
        assertThat(ageNs(true, uptimeNs)).isZero(); // the frame right after it
    }

    @Test
    void correctsItselfIfTheVeryFirstFrameWasOld() {
        assertThat(waitedNs(uptimeNs - 900 * MS)).isZero();
        pass(100 * MS);
        assertThat(awaitedNs()).isZero();
        pass(SECOND);
        assertThat(awaitedNs()).isZero();

        pass(6 * SECOND);
        assertThat(waitedNs(uptimeNs - 5 * SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    void takesTheNewestForNewIfAStarvedLauncherBeginsWithABacklog() {
        for (int i = 5; i >= 0; i--) {
            assertThat(waitedNs(uptimeNs - i * SECOND)).isZero();
        }

        pass(SECOND);
        assertThat(awaitedNs()).isZero();
    }

    @Test
    void trustsALauncherThatFallsEverFurtherBehindLessAndLess() {
        stream(3);
        for (int i = 1; i <= 50; i++) { // reads one frame per second, while two are sent
            uptimeNs += 500 * MS;
            nowNs += SECOND;
            assertThat(waitedNs(uptimeNs)).isEqualTo(i * SECOND / 2);
        }
    }

    @Test
    void isFreshAgainAfterOneFrameIfTheEnclavesClockStoodStill() {
        stream(20);
        nowNs += 3600 * SECOND;
        assertThat(waitedNs(uptimeNs)).isEqualTo(3600 * SECOND); // the first frame of a connection

        pass(SECOND);
        assertThat(awaitedNs()).isZero();
        assertThat(waitedNs(uptimeNs)).isZero();
    }

    @Test
    void callsAFrameOldByWhatThePausedLauncherMissed() {
        stream(20);
        for (int i = 1; i <= 20; i++) { // its clock stood still; it reads the frames at once
            uptimeNs += SECOND;
            assertThat(waitedNs(uptimeNs)).isEqualTo(i * SECOND);
        }

        pass(SECOND);
        assertThat(awaitedNs()).isZero();
    }

    @Test
    void beginsAnewWithAnotherEnclave() {
        stream(20);
        nowNs += 30 * SECOND;
        uptimeNs = 2 * SECOND;

        stream(3);
    }

    @Test
    void needsOneFrameForAnEnclaveThatIsUpLongerThanTheFormerWas() {
        stream(3);
        nowNs += 3600 * SECOND;
        uptimeNs += 600 * SECOND;
        assertThat(waitedNs(uptimeNs)).isEqualTo(3000 * SECOND);

        pass(SECOND);
        assertThat(awaitedNs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-500, 500}) // one of the clocks is adjusted by NTP
    void followsClocksThatDriftApart(long partsPerMillion) {
        stream(3);
        for (int i = 0; i < 100_000; i++) {
            nowNs += SECOND;
            uptimeNs += SECOND + SECOND / 1_000_000 * partsPerMillion;
            assertThat(awaitedNs()).isLessThan(5 * MS);
        }
        assertThat(waitedNs(uptimeNs)).isLessThan(5 * MS);
    }

    @Test
    void takesJitterForNoMoreThanItIs() {
        Random random = new Random(1);
        stream(10);
        for (int i = 0; i < 10_000; i++) {
            pass(SECOND);
            long lateNs = random.nextLong(400 * MS);
            nowNs += lateNs;
            assertThat(awaitedNs()).isLessThanOrEqualTo(lateNs);
            nowNs -= lateNs;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 700, 1000}) // up to the interval
    void callsNoFrameOldForACoarseUptime(long stepMs) {
        coarse = true;
        long stepNs = stepMs * MS;
        waitedNs(uptimeNs / stepNs * stepNs);
        for (int i = 0; i < 100; i++) {
            pass(SECOND);
            long rounded = uptimeNs / stepNs * stepNs;
            long ageNs = ageNs(i % 3 > 0, rounded); // every third frame had arrived before
            assertThat(ageNs).isLessThanOrEqualTo(SECOND);
        }
        long lastNs = uptimeNs / stepNs * stepNs;
        pass(60 * SECOND);
        assertThat(waitedNs(lastNs)).isBetween(58 * SECOND, 62 * SECOND);
    }

    @Test
    void staysWithinItsBoundsWhateverAPeerSends() {
        Random random = new Random(1);
        long[] uptimes = {0, 1, SECOND, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        for (int i = 0; i < 100_000; i++) {
            nowNs += random.nextBoolean() ? SECOND : random.nextLong();
            uptimeNs = uptimes[random.nextInt(uptimes.length)];
            assertThat(ageNs(random.nextBoolean(), uptimeNs)).isBetween(0L, SampleAge.MAX_NS);
        }
    }

    @Test
    void recoversFromAJumpOfTheUptimeWithTheNextFrame() {
        stream(10);
        uptimeNs += Long.MAX_VALUE / 2;
        nowNs += SECOND / 4; // earlier than due
        assertThat(awaitedNs()).isEqualTo(SampleAge.MAX_NS);

        pass(SECOND);
        assertThat(awaitedNs()).isZero();
    }
}
