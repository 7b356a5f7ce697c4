package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the chart's arguments with the processes' settings, in both directions. */
class ArgumentsTest {

    /** Arguments that belong to the chart: names of its objects, and the image of its version. */
    private static final Set<String> OF_THE_CHART =
            Set.of(
                    "--sidecar-image",
                    "--tls-secret",
                    "--tls-names",
                    "--tls-ca-bundle-into-api-services",
                    "--webhook-configuration");

    @ParameterizedTest
    @MethodSource("dev.enclavemetrics.chart.ProcessSettings#all")
    void areAllKnownToTheProcess(ProcessSettings process) throws ReflectiveOperationException {
        assertThat(process.rendered()).isSubsetOf(process.defaults().keySet());
    }

    /** A new setting must get a value, or be listed in ProcessSettings as left out. */
    @ParameterizedTest
    @MethodSource("dev.enclavemetrics.chart.ProcessSettings#all")
    void leaveNoSettingOut(ProcessSettings process) throws ReflectiveOperationException {
        Set<String> given = process.rendered();
        given.addAll(process.leftOut());

        assertThat(given).containsAll(process.defaults().keySet());
    }

    /** README, values and the processes' help must state the same defaults. */
    @ParameterizedTest
    @MethodSource("dev.enclavemetrics.chart.ProcessSettings#all")
    void areTheProcessesDefaultsUnlessValuesSayOtherwise(ProcessSettings process)
            throws ReflectiveOperationException {
        Map<String, String> defaults = process.defaults();
        List<String> arguments = Chart.defaults().arguments(process.deployment());

        assertThat(arguments).hasSizeGreaterThan(5);
        for (String argument : arguments) {
            String flag = ProcessSettings.flag(argument);
            if (defaults.containsKey(flag) && !OF_THE_CHART.contains(flag)) {
                assertThat(argument).isEqualTo(flag + "=" + defaults.get(flag));
            }
        }
    }
}
