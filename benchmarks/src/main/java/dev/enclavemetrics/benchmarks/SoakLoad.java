package dev.enclavemetrics.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The steady load of a soak run, its hostile peers, and the check of every response.
 *
 * <p>{@code SoakLoad DIR WEBHOOK-PORT METRICS-SERVER-PORT} writes {@code DIR/proc}, listens on
 * {@code DIR/hostile.sock}, and attacks {@code DIR/steady.sock}. Each minute it prints a line for
 * each server: seconds, name, and the numbers of right responses, responses without a value,
 * requests without a response, and wrong responses.
 */
public final class SoakLoad {

    /**
     * The slot of the launcher with the hostile agent. Only this load queries it, since the pod has
     * another port.
     */
    private static final int FOOLED_SLOT = 39;

    private static final long MS_PER_MINUTE = 60_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(12);
    private final SoakCounts counts = new SoakCounts();
    private final HttpClient client;
    private final SoakAnswers answers;

    private SoakLoad(SoakAnswers answers) throws GeneralSecurityException {
        this.answers = answers;
        client =
                HttpClient.newBuilder()
                        .sslContext(MetricsClient.trustingAll())
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Path dir = Path.of(arguments[0]);
        int webhookPort = Integer.parseInt(arguments[1]);
        int serverPort = Integer.parseInt(arguments[2]);
        KnownUsage usage = new KnownUsage(dir.resolve("proc"));
        HostileAgent hostileAgent = new HostileAgent(dir.resolve("hostile.sock"));
        SoakLoad load = new SoakLoad(new SoakAnswers(usage));
        load.every(200, usage::advance);
        load.every(100, hostileAgent::serveNext);
        load.askServers(serverPort, webhookPort);
        load.attackServers(dir.resolve("steady.sock"), serverPort, webhookPort);
        load.every(MS_PER_MINUTE, load.counts::print);
    }

    private void askServers(int serverPort, int webhookPort) throws GeneralSecurityException {
        int number = 1;
        for (int slot : SoakAnswers.REAL_SLOTS) {
            String name = "launcher " + number++;
            URI launcher = launcher(slot);
            every(250, () -> counts.add(name, () -> answers.ofLauncher(ask(launcher))));
        }
        URI fooled = launcher(FOOLED_SLOT);
        every(250, () -> counts.add("launcher 3", () -> SoakAnswers.withoutValue(ask(fooled))));
        String namespace = SimulatedPod.namespace(0);
        MetricsClient metrics = new MetricsClient(serverPort, "nitro_enclave_cpu_usage");
        every(
                500,
                () ->
                        counts.add(
                                "metrics server",
                                () -> answers.points(metrics.milliOfAll(namespace))));
        String webhook = "https://127.0.0.1:" + webhookPort;
        askForPatch(URI.create(webhook + "/mutate/hpas"), WebhookLoad.HPA);
        askForPatch(URI.create(webhook + "/mutate/pods"), WebhookLoad.POD);
    }

    private void askForPatch(URI webhook, String review) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(webhook)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(review));
        every(250, () -> counts.add("webhook", () -> SoakAnswers.review(send(request.copy()))));
    }

    private void attackServers(Path agent, int serverPort, int webhookPort) {
        every(5000, () -> new HostilePeers().attack(agent));
        for (int port : new int[] {serverPort, webhookPort}) {
            HostilePeers peers = new HostilePeers();
            every(
                    1000,
                    () ->
                            peers.attack(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                    true));
        }
        HostilePeers peers = new HostilePeers();
        URI launcher = launcher(SoakAnswers.REAL_SLOTS[0]);
        every(
                1000,
                () ->
                        peers.attack(
                                new InetSocketAddress(launcher.getHost(), launcher.getPort()),
                                false));
    }

    /** A task that may fail, since its peer is killed, suspended or closes the connection. */
    private interface Task {
        void run() throws IOException, GeneralSecurityException, InterruptedException;
    }

    private void every(long ms, Task task) {
        Runnable guarded =
                () -> {
                    try {
                        task.run();
                    } catch (IOException | GeneralSecurityException e) {
                        // expected: counted as unanswered
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        System.err.println("a task of the load failed: " + e);
                    }
                };
        var unused = threads.scheduleWithFixedDelay(guarded, ms, ms, TimeUnit.MILLISECONDS);
    }

    private static URI launcher(int slot) {
        String host = "127.10.0." + (1 + slot);
        return URI.create("http://" + host + ":" + LauncherKind.REFUSED_PORT + "/metrics");
    }

    private HttpResponse<String> ask(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }
}
