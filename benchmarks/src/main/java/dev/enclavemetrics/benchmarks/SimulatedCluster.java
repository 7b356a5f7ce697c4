package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.net.NetworkInterface;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A cluster of simulated pods: their launchers, a kube-apiserver that lists and churns them, and
 * the real metrics server, or an alternative to it, as separate processes, which are measured.
 *
 * <p>It takes a {@link Plan}, starts the processes by their commands and prints the results, one
 * name and number per line; without a command it serves until it is stopped. It listens on all
 * addresses, so it requires a network namespace with only loopback.
 */
public final class SimulatedCluster {

    private static final long PERIOD_MS = 15_000;
    private static final int WARM_UP_PART = 5; // of the queries, before those that are timed
    private static final long TIMEOUT_NS = 180_000_000_000L;
    private static final double NS_PER_S = 1e9;
    private static final double MS_PER_S = 1e3;
    private static final double NS_PER_MS = 1e6;

    private final Plan plan;
    private final SimulatedPods pods;
    private final ScrapeJournal journal;
    private final Churn churn;

    private SimulatedCluster(Plan plan, SimulatedPods pods, ScrapeJournal journal, Churn churn) {
        this.plan = plan;
        this.pods = pods;
        this.journal = journal;
        this.churn = churn;
    }

    public static void main(String[] arguments)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (NetworkInterface.networkInterfaces().anyMatch(SimulatedCluster::leadsOut)) {
            System.err.println(
                    "the only network must be loopback, found another; run it in a namespace of"
                            + " its own, as benchmarks/simulate-cluster does");
            System.exit(1);
        }
        Plan plan = Plan.parse(List.of(arguments));
        SimulatedPods pods = new SimulatedPods(plan.pods());
        ScrapeJournal journal = new ScrapeJournal(pods.count(), PERIOD_MS * 1_000_000);
        try (SimulatedLaunchers launchers = new SimulatedLaunchers(journal);
                SimulatedApiServer api = new SimulatedApiServer(pods);
                Churn churn = new Churn(pods, journal)) {
            SimulatedCluster cluster = new SimulatedCluster(plan, pods, journal, churn);
            if (plan.commands().isEmpty()) {
                System.err.println("serving: " + launchers + ", " + api);
                churn.start(plan.replacedAMinute());
                new CountDownLatch(1).await();
            }
            cluster.measure(launchers);
        }
    }

    private static boolean leadsOut(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (IOException e) {
            return true;
        }
    }

    private void measure(SimulatedLaunchers launchers)
            throws IOException, GeneralSecurityException, InterruptedException {
        MetricsClient client = new MetricsClient(plan.port(), "nitro_enclave_cpu_usage");
        PointsCheck points = new PointsCheck(pods, client);
        long startNs = System.nanoTime();
        pods.all().stream()
                .filter(pod -> pod.kind().live())
                .forEach(pod -> journal.begin(pod.slot(), startNs));
        try (MeasuredProcesses server = new MeasuredProcesses(plan.commands())) {
            points.awaitFullSet(server, TIMEOUT_NS);
            print("first_full_s", (System.nanoTime() - startNs) / NS_PER_S);

            churn.start(plan.replacedAMinute());
            Thread.sleep(plan.periods() / 2 * PERIOD_MS);
            journal.startWindow();
            Load window = new Load(server);
            Thread.sleep(plan.periods() * PERIOD_MS);
            window.print("");
            print(journal.summary(System.nanoTime()));
            print("rss_mib", server.mib("VmRSS"));

            MetricsClient clocks = new MetricsClient(plan.port(), "nitro_enclave_memory_usage");
            QueryLoad warmUp = new QueryLoad(clocks);
            warmUp.run(namespaces(), plan.queriesAMinute(), plan.queries() / WARM_UP_PART);
            QueryLoad queries = new QueryLoad(clocks);
            Load underQueries = new Load(server);
            queries.run(namespaces(), plan.queriesAMinute(), plan.queries());
            underQueries.print("queried_");
            print("query_p50_ms", queries.latencies().percentileNs(50) / NS_PER_MS);
            print("query_p99_ms", queries.latencies().percentileNs(99) / NS_PER_MS);
            print("query_most_ms", queries.latencies().percentileNs(100) / NS_PER_MS);
            print("query_failures", warmUp.failures() + queries.failures());
            print(queries.ages());
            print("points", client.milliOfAll(SimulatedPod.namespace(0)).size());

            ReplacementCheck replacement = new ReplacementCheck(pods, client);
            ReplacementCheck.Outcome outcome = replacement.run(churn, launchers, TIMEOUT_NS);
            print("gone_ms", outcome.mostGoneMs());
            print("dead_s", outcome.mostDeadMs() / MS_PER_S);
            print("there_s", outcome.mostThereMs() / MS_PER_S);
            Map<String, String> wrong = points.wrong();
            wrong.forEach((pod, why) -> System.err.println("a wrong point, " + pod + ": " + why));
            print("wrong_points", wrong.size() + replacement.returned());
            print("most_rss_mib", server.mib("VmHWM"));
            server.mustLive();
        }
    }

    private int namespaces() {
        return SimulatedPod.namespaces(pods.count());
    }

    private static void print(ScrapeJournal.Summary summary) {
        print("scrapes", (double) summary.scrapes());
        print("missed", (double) summary.missed());
        print("silent_pods", summary.silentPods());
        print("lateness_p99_ms", summary.p99LatenessMs());
        print("longest_gap_s", summary.longestGapMs() / MS_PER_S);
    }

    private static void print(Latencies ages) {
        print("age_p50_s", ages.percentileNs(50) / NS_PER_S);
        print("age_p99_s", ages.percentileNs(99) / NS_PER_S);
        print("age_most_s", ages.percentileNs(100) / NS_PER_S);
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%s\t%.3f%n", name, value);
    }

    /** The CPU time since its creation, of the server and of this process. */
    private static final class Load {
        private final MeasuredProcesses server;
        private final long startNs = System.nanoTime();
        private final Duration serverBefore;
        private final Duration ownBefore = ServerProcess.cpu(ProcessHandle.current());

        Load(MeasuredProcesses server) {
            this.server = server;
            serverBefore = server.cpu();
        }

        void print(String prefix) {
            double tookNs = System.nanoTime() - startNs;
            Duration own = ServerProcess.cpu(ProcessHandle.current()).minus(ownBefore);
            SimulatedCluster.print(
                    prefix + "cpu_cores", server.cpu().minus(serverBefore).toNanos() / tookNs);
            SimulatedCluster.print(prefix + "simulator_cores", own.toNanos() / tookNs);
        }
    }
}
