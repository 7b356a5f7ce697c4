package dev.enclavemetrics.metricsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SelfSignedTest {

    /** Numbers in it are random, and so are their lengths. */
    @RepeatedTest(20)
    void makesACertificateThatTheJdkReads() throws Exception {
        ServingPair pair = ServingPair.selfSigned(new TestClock());
        X509Certificate certificate = pair.chain().get(0);

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(TestClock.START));
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=enclave-metrics-server");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "enclave-metrics-server"), List.of(2, "localhost"));
        assertThat(certificate.getSerialNumber().signum()).isPositive();
    }

    @Test
    void isAnotherEachTime() throws Exception {
        assertThat(ServingPair.selfSigned(new TestClock()).chain())
                .isNotEqualTo(ServingPair.selfSigned(new TestClock()).chain());
    }
}
