package dev.enclavemetrics.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that serve queries, and the kernel's figures about all of them together. */
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

    /** The sum over all processes of a line of {@code /proc/PID/status}, in MiB. */
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
