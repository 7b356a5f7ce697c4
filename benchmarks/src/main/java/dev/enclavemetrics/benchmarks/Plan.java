package dev.enclavemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a simulation and its measurement.
 *
 * @param replacedAMinute the number of pods replaced per minute
 * @param periods the number of periods of 15 s that are measured without queries, after half as
 *     many to settle
 * @param port the port of the server that is queried
 * @param commands the commands of the measured processes; without a command the simulation only
 *     serves
 */
record Plan(
        int pods,
        int replacedAMinute,
        int periods,
        int queriesAMinute,
        int queries,
        int port,
        List<List<String>> commands) {

    private static final String COMMAND = "--";

    Plan {
        commands = commands.stream().map(List::copyOf).toList();
    }

    /** Parses six numbers, in the order of the components, then each command after a {@code --}. */
    static Plan parse(List<String> arguments) {
        List<Integer> numbers = new ArrayList<>();
        List<List<String>> commands = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(COMMAND)) {
                commands.add(new ArrayList<>());
            } else if (commands.isEmpty()) {
                numbers.add(Integer.parseInt(argument));
            } else {
                commands.get(commands.size() - 1).add(argument);
            }
        }
        if (numbers.size() != 6) {
            throw new IllegalArgumentException(
                    "PODS REPLACED-A-MINUTE PERIODS QUERIES-A-MINUTE QUERIES PORT must come before"
                            + " the commands, found "
                            + numbers);
        }
        return new Plan(
                numbers.get(0),
                numbers.get(1),
                numbers.get(2),
                numbers.get(3),
                numbers.get(4),
                numbers.get(5),
                commands);
    }
}
