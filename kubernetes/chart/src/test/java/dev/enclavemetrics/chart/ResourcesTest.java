package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory limits must be above what the JVM may use; otherwise the process is killed under load. */
class ResourcesTest {

    /** Stacks, garbage collector tables, symbols, and the C library's memory. */
    private static final int BESIDE_MIB = 40;

    private static final List<String> BOUNDED =
            List.of(
                    "-Xmx",
                    "-XX:MaxDirectMemorySize=",
                    "-XX:MaxMetaspaceSize=",
                    "-XX:ReservedCodeCacheSize=");
    private static final Map<String, Integer> MIB = Map.of("Mi", 1, "Gi", 1024);
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(Mi|Gi)");

    @ParameterizedTest
    @CsvSource({"enclave-metrics-server, metrics-server", "enclave-metrics-webhook, webhook"})
    void limitsAreAboveAllThatTheProcessMayTake(String deployment, String process) {
        Object container = Rendered.container(Chart.defaults().get("Deployment " + deployment));
        int limitMib = mib(Rendered.text(container, "resources", "limits", "memory"));
        int requestMib = mib(Rendered.text(container, "resources", "requests", "memory"));

        assertThat(limitMib).isGreaterThanOrEqualTo(mostMib(process) + BESIDE_MIB);
        assertThat(requestMib).isLessThanOrEqualTo(limitMib);
    }

    private static int mostMib(String process) {
        List<String> options =
                Chart.lines("../%1$s/src/main/scripts/%1$s.options".formatted(process));
        return BOUNDED.stream().mapToInt(option -> optionMib(options, option)).sum();
    }

    private static int optionMib(List<String> options, String name) {
        List<String> values =
                options.stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.substring(name.length()))
                        .toList();
        assertThat(values).as(name).singleElement().asString().matches("\\d+m");
        return Integer.parseInt(values.get(0).replace("m", ""));
    }

    private static int mib(String quantity) {
        Matcher matcher = QUANTITY.matcher(quantity);
        assertThat(matcher.matches()).as(quantity).isTrue();
        return Integer.parseInt(matcher.group(1)) * MIB.getOrDefault(matcher.group(2), 0);
    }
}
