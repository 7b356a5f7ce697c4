package dev.enclavemetrics.metricsserver.outage;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
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
 * Writes Events on pods, on a thread of its own; what it does not keep up with is dropped. An Event
 * has the same name in every replica of this server, so the API server keeps one of them.
 */
final class EventWriter implements Closeable {

    static final String UNAVAILABLE = "EnclaveMetricsUnavailable";
    static final String AVAILABLE = "EnclaveMetricsAvailable";

    private static final int MAX_WAITING = 100;
    private static final String COMPONENT = "enclave-metrics-server";

    private static final int NO_FAILURE = -1;

    /** Of an object's name in Kubernetes. */
    private static final int MAX_NAME_CHARS = 253;

    private final KubernetesClient client;
    private final Clock clock;
    private final Log log;
    private final ExecutorService thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    work -> {
                        Thread thread = new Thread(work, "events");
                        thread.setDaemon(true);
                        return thread;
                    },
                    new ThreadPoolExecutor.DiscardPolicy());

    /** The HTTP status of the last failure that was logged; none once an Event was created. */
    private volatile int loggedCode = NO_FAILURE;

    EventWriter(KubernetesClient client, Clock clock, Log log) {
        this.client = client;
        this.clock = clock;
        this.log = log;
    }

    /** A warning, or word that all is well again. */
    void write(WatchedPod pod, String reason, String message) {
        Event event = event(pod, reason, message);
        thread.execute(() -> create(event));
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

    /** The same for the same words within the time after which they may be said again. */
    private static String name(WatchedPod pod, String words, Instant now) {
        long period = now.getEpochSecond() / PodOutageTracker.SAME_AGAIN.toSeconds();
        int hash = (pod.uid() + words + period).hashCode();
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
            loggedCode = NO_FAILURE;
        } catch (KubernetesClientException e) {
            boolean expected =
                    e.getCode() == HttpURLConnection.HTTP_CONFLICT // a replica was faster
                            || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND // no namespace
                            || isNamespaceEnding(e);
            if (!expected && e.getCode() != loggedCode) {
                loggedCode = e.getCode();
                log.warn(message(e));
            }
        }
    }

    /** The API server refuses new objects there as forbidden, though no right is missing. */
    private static boolean isNamespaceEnding(KubernetesClientException failure) {
        Status status = failure.getStatus();
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static String message(KubernetesClientException failure) {
        return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? "Events must be allowed to be created, found: "
                        + failure.getMessage()
                        + "; grant create of events, or set --events=false"
                : "an Event must be created, found: "
                        + failure.getMessage()
                        + "; it is left out, the next one is tried";
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
