package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.bootstrap.Timestamps;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.Closeable;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Creates Events on pods, on its own thread; Events beyond its queue are dropped. An Event has the
 * same name in every replica of this server, so the API server keeps only one.
 */
final class EventWriter implements Closeable {

    static final String UNAVAILABLE = "EnclaveMetricsUnavailable";
    static final String AVAILABLE = "EnclaveMetricsAvailable";

    private static final int MAX_QUEUED = 100;
    private static final String COMPONENT = "enclave-metrics-server";

    /** Kubernetes' limit for the name of an object. */
    private static final int MAX_NAME_CHARS = 253;

    private final KubernetesClient client;
    private final Clock clock;
    private final ProblemLog problem;

    /** Not private: a test waits for its end. */
    final ExecutorService thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_QUEUED),
                    work -> {
                        Thread thread = new Thread(work, "events");
                        thread.setDaemon(true);
                        return thread;
                    },
                    new ThreadPoolExecutor.DiscardPolicy());

    EventWriter(KubernetesClient client, Clock clock, Log log) {
        this.client = client;
        this.clock = clock;
        problem = ProblemLog.warnings(log);
    }

    /** Queues a warning, or the report that the pod has recovered. */
    void write(WatchedPod pod, String reason, String message) {
        Event event = event(pod, reason, message);
        thread.execute(FailFast.task(() -> create(event)));
    }

    private Event event(WatchedPod pod, String reason, String message) {
        Instant now = clock.instant();
        String time = Timestamps.seconds(now);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(name(pod, reason + message, now))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .endInvolvedObject()
                .withType(reason.equals(AVAILABLE) ? "Normal" : "Warning")
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
    }

    /** The same for the same message, until it may be repeated. */
    private static String name(WatchedPod pod, String message, Instant now) {
        long period = now.getEpochSecond() / PodOutageTracker.REPEAT_AFTER.toSeconds();
        int hash = (pod.uid() + message + period).hashCode();
        String suffix = String.format(Locale.ROOT, ".enclave-metrics-%08x", hash);
        int room = MAX_NAME_CHARS - suffix.length();
        String name = pod.name();
        return (name.length() > room ? name.substring(0, room) : name) + suffix;
    }

    private void create(Event event) {
        try {
            client.v1()
                    .events()
                    .inNamespace(event.getMetadata().getNamespace())
                    .resource(event)
                    .create();
            problem.recovered("Events can be created again");
        } catch (KubernetesClientException e) {
            boolean expected =
                    e.getCode() == HttpURLConnection.HTTP_CONFLICT // another replica was first
                            || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND // no namespace
                            || isNamespaceTerminating(e);
            if (!expected) {
                problem.failed("code " + e.getCode(), message(e));
            }
        }
    }

    /** The API server then answers Forbidden for new objects, though no permission is missing. */
    private static boolean isNamespaceTerminating(KubernetesClientException failure) {
        Status status = failure.getStatus();
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static String message(KubernetesClientException failure) {
        return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? "the account must be allowed to create Events, found: "
                        + failure.getMessage()
                        + "; grant create of events, or set --events=false"
                : "an Event must be created, found: "
                        + failure.getMessage()
                        + "; this Event is dropped";
    }

    /** Drops what is queued, and interrupts the request that is under way. */
    @Override
    public void close() {
        problem.close();
        thread.shutdownNow();
    }
}
