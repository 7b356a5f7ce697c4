package dev.enclavemetrics.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What answers queries, in one process or several, and what the kernel counts of all of them. */
final class MeasuredProcesses implements Closeable {

    private final List<ServerProcess> processes = new ArrayList<>();

    MeasuredProcesses(List<List<String>> commands) throws IOException {
        for (List<String> command : commands) {
            processes.add(new ServerProcess(command));
        }
    }

    void mustLive() throws IOException {
        for (ServerProcess process : processes) {
            process.mustLive();
        }
    }

    Duration cpu() {
        return processes.stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** The sum of a line of {@code /proc/PID/status}. */
    double mib(String name) throws IOException {
        double sum = 0;
        for (ServerProcess process : processes) {
            sum += process.mib(name);
        }
        return sum;
    }

    @Override
    public void close() {
        processes.forEach(ServerProcess::close);
    }
}
