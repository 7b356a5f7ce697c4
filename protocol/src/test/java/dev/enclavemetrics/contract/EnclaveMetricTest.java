package dev.enclavemetrics.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnclaveMetricTest {

    @Test
    void keepsTheNamesThatClustersKnow() {
        assertThat(EnclaveMetric.ofMetricName("nitro_enclave_cpu_usage"))
                .isEqualTo(EnclaveMetric.CPU_USAGE)
                .isEqualTo(EnclaveMetric.ofResource("cpu"));
        assertThat(EnclaveMetric.ofMetricName("nitro_enclave_memory_usage"))
                .isEqualTo(EnclaveMetric.MEMORY_USAGE)
                .isEqualTo(EnclaveMetric.ofResource("memory"));
        assertThat(ManagedLabel.SELECTOR).isEqualTo("nitro.k8s.anjuna.io/managed=yes");
    }

    @Test
    void hasNoOthers() {
        assertThat(EnclaveMetric.ofMetricName("cpu")).isNull();
        assertThat(EnclaveMetric.ofResource("ephemeral-storage")).isNull();
    }
}
