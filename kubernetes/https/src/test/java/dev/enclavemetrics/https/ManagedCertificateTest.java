package dev.enclavemetrics.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.TestClock;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedCertificateTest {

    private final TestClock clock = new TestClock();
    private final SharedSecret secret = new SharedSecret();
    private final ToldClients clients = new ToldClients();
    private final Replica one;
    private final Replica two;

    ManagedCertificateTest() throws Exception {
        one = new Replica(secret, clients, clock);
        two = new Replica(secret, clients, clock);
    }

    private boolean isVerified(Replica replica) {
        return Trust.verifies(replica.served().chain(), clients.bundle, clock.instant());
    }

    @Test
    void makesACertificateForTheEmptySecret() {
        assertThat(one.certificate.whyNotReady()).contains("has not been read yet");
        one.look();

        assertThat(one.certificate.whyNotReady()).isNull();
        assertThat(isVerified(one)).isTrue();
        assertThat(secret.data).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(one.certificate.expiry())
                .isEqualTo(one.served().chain().get(0).getNotAfter().toInstant());
    }

    @Test
    void sharesItWithTheOtherReplica() {
        one.look();
        two.look();

        assertThat(two.served()).isEqualTo(one.served());
        assertThat(secret.writes).isEqualTo(1);
    }

    @Test
    void readsAgainWhereTheOtherWasFaster() {
        secret.between = one::look;
        two.look();

        assertThat(two.served()).isEqualTo(one.served());
        assertThat(secret.writes).isEqualTo(1);
    }

    /** A year of looks, each some hours, the second replica always late. */
    @Test
    void rotatesWhileEveryReplicaIsVerifiedAllTheTime() {
        one.look();
        two.look();
        ServingPair first = one.served();
        int exchanges = 0;
        for (Instant end = clock.instant().plus(Duration.ofDays(365));
                clock.instant().isBefore(end);
                clock.advance(Duration.ofHours(12))) {
            ServingPair before = one.served();
            one.look();
            assertThat(isVerified(one)).isTrue();
            assertThat(isVerified(two)).isTrue();
            two.look();
            assertThat(isVerified(one)).isTrue();
            assertThat(isVerified(two)).isTrue();
            exchanges += one.served().equals(before) ? 0 : 1;
        }
        // Each after two thirds of 90 days, and announced some hours before.
        assertThat(exchanges).isEqualTo(6);
        assertThat(one.served()).isNotEqualTo(first);
        assertThat(secret.text("ca.crt").split("BEGIN")).hasSizeLessThanOrEqualTo(1 + 2);
    }

    @Test
    void servesTheNextOnlyOnceItsAuthorityWasKnownForAWhile() {
        one.look();
        ServingPair first = one.served();
        clock.advance(Duration.ofDays(61));

        one.look();
        assertThat(secret.data).containsKeys("next.crt", "next.key");
        assertThat(clients.bundle).isEqualTo(secret.text("ca.crt"));
        one.look();
        clock.advance(ManagedCertificate.SETTLE.minusSeconds(1));
        one.look();
        assertThat(one.served()).isEqualTo(first);

        clock.advance(Duration.ofSeconds(1));
        one.look();
        assertThat(one.served()).isNotEqualTo(first);
        assertThat(secret.data).doesNotContainKey("next.crt");
        assertThat(isVerified(one)).isTrue();
    }

    @Test
    void waitsAnewWhereSomebodyOverwroteTheBundle() {
        one.look();
        ServingPair first = one.served();
        clock.advance(Duration.ofDays(61));
        one.look();
        one.look();
        clients.bundle = "somebody else's";
        clock.advance(ManagedCertificate.SETTLE);
        one.look();
        assertThat(clients.bundle).isEqualTo(secret.text("ca.crt"));
        assertThat(one.served()).isEqualTo(first);

        one.look();
        clock.advance(ManagedCertificate.SETTLE);
        one.look();
        assertThat(one.served()).isNotEqualTo(first);
    }

    @Test
    void switchesUnknownBeforeItEnds() {
        one.look();
        ServingPair first = one.served();
        clients.forbidden = true;
        clock.advance(Duration.ofDays(61));
        one.look();
        clock.advance(Duration.ofDays(10));
        one.look();
        assertThat(one.served()).isEqualTo(first);

        clock.advance(Duration.ofDays(10));
        one.look();
        assertThat(one.served()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "tls.crt, garbage, both must be PEM",
        "tls.key, garbage, both must be PEM",
        "ca.crt, garbage, ''",
        "tls.key, '', it must have tls.key",
        "ca.crt, '', it must have ca.crt"
    })
    void makesAnewWhatIsGarbage(String key, String text, String why) {
        one.look();
        ServingPair first = one.served();
        secret.put(key, text);

        two.look(); // which knows nothing of the former
        assertThat(two.served()).isNotEqualTo(first);
        assertThat(isVerified(two)).isTrue();
        assertThat(two.log.lines())
                .anyMatch(l -> l.contains("the Secret b/s was written anew: ") && l.contains(why));
        one.look();
        assertThat(one.served()).isEqualTo(two.served());
    }

    @Test
    void writesBackWhatItHas() {
        one.look();
        ServingPair first = one.served();
        Map<String, String> before = secret.texts();
        secret.put("tls.key", "garbage");
        one.look();
        assertThat(secret.texts()).isEqualTo(before);

        secret.data.clear();
        secret.writes++;
        one.look();
        assertThat(secret.texts()).isEqualTo(before);
        assertThat(one.served()).isEqualTo(first);
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        one.look();
        secret.put("tls.key", Pem.of(other().pair().key()));
        two.look();

        assertThat(two.log.lines()).anyMatch(l -> l.contains("the key must be the certificate's"));
    }

    @Test
    void refusesACertificateOfNoAuthorityThatIsThere() throws Exception {
        one.look();
        secret.put("ca.crt", Pem.of(List.of(other().authority())));
        two.look();

        assertThat(two.log.lines()).anyMatch(l -> l.contains("must be signed by an authority"));
        assertThat(isVerified(two)).isTrue();
    }

    private static Issue other() {
        try {
            return Issue.make(Replica.NAMES, TestClock.START, Duration.ofDays(90));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void makesAnewWhatHasEnded() {
        one.look();
        ServingPair first = one.served();
        clock.advance(Duration.ofDays(100));
        two.look();

        assertThat(two.served()).isNotEqualTo(first);
        assertThat(isVerified(two)).isTrue();
        assertThat(secret.text("ca.crt").split("BEGIN")).hasSize(2);
    }

    @Test
    void leavesTheCertificateOfSomebodyElse() {
        secret.ours = false;
        secret.put("tls.crt", "theirs");
        one.look();
        one.look();

        assertThat(secret.text("tls.crt")).isEqualTo("theirs");
        assertThat(one.log.lines())
                .singleElement()
                .asString()
                .contains("ERROR the Secret b/s must be empty or made by this program");
        assertThat(one.certificate.whyNotReady()).contains("must be empty");
    }

    @Test
    void servesOnWhileNobodyAnswersAndTellsOnce() {
        one.look();
        secret.unreachable = true;
        one.look();
        one.look();
        secret.unreachable = false;
        one.look();

        assertThat(one.certificate.whyNotReady()).isNull();
        assertThat(one.log.lines().subList(1, 3))
                .satisfiesExactly(
                        l -> assertThat(l).contains("must be within reach, found: nobody answers"),
                        l -> assertThat(l).contains("is as it must be again"));
    }

    @Test
    void addsANameInStepsAndKeepsTheFormer() throws Exception {
        Replica before = new Replica(secret, clients, clock, List.of("a.b.svc", "old"));
        Replica after = new Replica(secret, clients, clock, List.of("a.b.svc", "new"));
        before.look();
        ServingPair first = before.served();
        for (int i = 0; i < 10; i++) {
            after.look();
            before.look();
            assertThat(isVerified(before)).isTrue();
            clock.advance(Duration.ofMinutes(2));
        }

        assertThat(after.served()).isNotEqualTo(first).isEqualTo(before.served());
        assertThat(after.served().chain().get(0).getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "a.b.svc"), List.of(2, "new"), List.of(2, "old"));
        int writes = secret.writes;
        after.look();
        before.look();
        assertThat(secret.writes).isEqualTo(writes);
    }

    @Test
    void makesAnewAtOnceForAnotherFirstName() throws Exception {
        one.look();
        Replica renamed = new Replica(secret, clients, clock, List.of("c.d.svc"));
        renamed.look();

        assertThat(isVerified(renamed)).isTrue();
        assertThat(isVerified(one)).isTrue(); // which still serves the former
        one.look();
        assertThat(one.served()).isEqualTo(renamed.served());
        assertThat(secret.writes).isEqualTo(2);
    }

    @Test
    void dropsANextPairThatIsNone() {
        one.look();
        clock.advance(Duration.ofDays(61));
        one.look();
        secret.put("next.key", "garbage");
        two.look();

        assertThat(secret.text("next.key")).startsWith("-----BEGIN PRIVATE KEY");
        assertThat(isVerified(two)).isTrue();
    }
}
