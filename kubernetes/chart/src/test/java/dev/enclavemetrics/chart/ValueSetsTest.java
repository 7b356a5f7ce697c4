package dev.enclavemetrics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * If the chart accepts values, the processes must accept the arguments that it renders from them.
 */
class ValueSetsTest {

    private static final int SETS = 150;
    private static final long SEED = 20_261_125;

    @TempDir private Path folder;

    @Test
    void startWhereTheChartAcceptsThem() throws Exception {
        Path file = Files.writeString(folder.resolve("pem"), "");
        ValueSets sets = new ValueSets();
        Random random = new Random(SEED);
        List<String> problems = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < SETS; i++) {
            String values = sets.next(random, 1 + i % 5);
            Rendered rendered;
            try {
                rendered = Chart.render(values);
            } catch (RuntimeException e) {
                if (!isRefusal(String.valueOf(e.getMessage()))) {
                    problems.add(values + ": " + e.getMessage());
                }
                continue;
            }
            accepted++;
            for (String problem : problems(rendered, file)) {
                problems.add(values + ": " + problem);
            }
        }

        assertThat(problems).isEmpty();
        assertThat(accepted).as("accepted of %s", SETS).isBetween(SETS / 3, SETS - 10);
    }

    /** Returns whether the schema or checks.yaml rejected the values. */
    private static boolean isRefusal(String message) {
        return message.contains("values don't meet the specifications of the schema")
                || message.contains(" must ");
    }

    private static List<String> problems(Rendered rendered, Path file)
            throws ReflectiveOperationException {
        List<String> problems = new ArrayList<>();
        for (ProcessSettings process : ProcessSettings.all().toList()) {
            if (rendered.has("Deployment " + process.deployment())) {
                List<String> arguments = new ArrayList<>();
                for (String argument : rendered.arguments(process.deployment())) {
                    // Mounted files do not exist here.
                    arguments.add(argument.replaceFirst("=/etc/enclave-metrics/.*", "=" + file));
                }
                if (arguments.stream().anyMatch(a -> a.startsWith("--tls-secret="))) {
                    arguments.add("--namespace=" + Chart.NAMESPACE); // set from the pod's namespace
                }
                try {
                    process.start(arguments);
                } catch (BadSettingsException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        for (Object object : rendered.objects()) {
            if (KubernetesModels.knows(object)) {
                KubernetesModels.problem(object)
                        .ifPresent(p -> problems.add(Rendered.name(object) + ": " + p));
            }
        }
        return problems;
    }
}
