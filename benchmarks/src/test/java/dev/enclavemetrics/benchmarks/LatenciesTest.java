package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void givesOneOfItsTimesAsAPercentile() {
        for (int ns = 2000; ns >= 1; ns--) {
            latencies.add(ns);
        }

        assertThat(latencies.count()).isEqualTo(2000);
        assertThat(latencies.percentileNs(50)).isEqualTo(1000);
        assertThat(latencies.percentileNs(99)).isEqualTo(1980);
        assertThat(latencies.percentileNs(100)).isEqualTo(2000);
    }

    @Test
    void hidesNoSlowOneAmongFew() {
        latencies.add(1);
        latencies.add(9);

        assertThat(latencies.percentileNs(50)).isEqualTo(1);
        assertThat(latencies.percentileNs(99)).isEqualTo(9);
    }

    @Test
    void hasZeroBeforeTheFirst() {
        assertThat(latencies.percentileNs(99)).isZero();
    }
}
