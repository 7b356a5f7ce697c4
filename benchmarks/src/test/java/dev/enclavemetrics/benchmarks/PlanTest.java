package dev.enclavemetrics.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void hasEachCommandAfterItsSeparator() {
        assertThat(parse("1000 10 2 5 100 59443 -- java -jar a.jar --port=1 -- adapter"))
                .isEqualTo(
                        new Plan(
                                1000,
                                10,
                                2,
                                5,
                                100,
                                59443,
                                List.of(
                                        List.of("java", "-jar", "a.jar", "--port=1"),
                                        List.of("adapter"))));
    }

    @Test
    void onlyServesWithoutACommand() {
        assertThat(parse("1000 10 2 5 100 59443").commands()).isEmpty();
    }

    @Test
    void saysWhichNumbersItWants() {
        assertThatThrownBy(() -> parse("1000 10 -- java"))
                .hasMessage(
                        "PODS REPLACED-A-MINUTE PERIODS QUERIES-A-MINUTE QUERIES PORT must come"
                                + " before the commands, found [1000, 10]");
    }

    private static Plan parse(String arguments) {
        return Plan.parse(List.of(arguments.split(" ")));
    }
}
