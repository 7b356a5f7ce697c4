package dev.enclavemetrics.launcher.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.render.Metric.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

    @ParameterizedTest
    @EnumSource(Metric.class)
    void isNamedByTheConventionsOfItsKind(Metric metric) {
        String name = metric.exposedName();

        assertThat(name).matches("nitro_(enclave|launcher)_[a-z_]+");
        assertThat(name.endsWith("_total")).isEqualTo(metric.kind() == Kind.COUNTER);
        assertThat(name.endsWith("_info")).isEqualTo(metric.kind() == Kind.INFO);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void saysWhatItIsAndInWhichUnit(Metric metric) {
        assertThat(metric.help())
                .endsWith(".")
                .containsPattern("0\\.0 to 1\\.0|1 or 0|a count|in seconds|in bytes|always 1");
    }

    @Test
    void hasANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        Arrays.stream(Metric.values()).forEach(m -> names.add(m.exposedName()));

        assertThat(names).hasSameSizeAs(Metric.values());
    }
}
