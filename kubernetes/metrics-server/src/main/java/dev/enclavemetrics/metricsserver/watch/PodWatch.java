package dev.enclavemetrics.metricsserver.watch;

import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import dev.enclavemetrics.contract.ManagedLabel;
import dev.enclavemetrics.contract.MetricsPort;
import dev.enclavemetrics.metricsserver.cluster.InformerErrorLog;
import dev.enclavemetrics.metricsserver.store.Health;
import dev.enclavemetrics.metricsserver.store.MetricStore;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.Closeable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the labelled pods of the cluster in the store. The client's informer lists them page by
 * page and watches them; if a watch cannot be resumed it lists again, and reports pods that are
 * gone as deleted.
 */
public final class PodWatch implements Closeable {

    /** A page is in memory as text and as objects: 250 pods are about 4 MB of text. */
    private static final long PAGE_PODS = 250;

    private static final long NO_RESYNC = 0;

    /**
     * An event with every field that is read, so that reading it loads all classes that are needed.
     */
    private static final String ANY_EVENT =
            """
            {"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod",
            "metadata":{"name":"a","namespace":"b","uid":"c","resourceVersion":"1",
            "labels":{"d":"e"},"annotations":{"f":"g"}},
            "spec":{"containers":[{"name":"h","ports":[{"name":"i"}]}]},
            "status":{"phase":"Running","podIP":"127.0.0.1","startTime":"2026-01-01T00:00:00Z",
            "conditions":[{"type":"Ready","status":"True"}],
            "containerStatuses":[{"name":"h","state":{"waiting":{"reason":"j"}},
            "lastState":{"terminated":{"exitCode":1}}}]}}}\
            """;

    private final MetricStore store;
    private final Health health;
    private final Log log;
    private final SharedIndexInformer<PodResource> informer;
    private final InformerErrorLog errors;
    private final ProblemLog watchProblem;

    public PodWatch(KubernetesClient client, MetricStore store, Health health, Log log) {
        prepareReading(client.getKubernetesSerialization());
        this.store = store;
        this.health = health;
        this.log = log;
        watchProblem = ProblemLog.warnings(log);
        errors = new InformerErrorLog("the pods of all namespaces", "list and watch on pods", log);
        informer =
                client.resources(PodResource.class)
                        .inAnyNamespace()
                        .withLabel(ManagedLabel.KEY, ManagedLabel.VALUE)
                        .withLimit(PAGE_PODS)
                        .runnableInformer(NO_RESYNC)
                        .removeNamespaceIndex()
                        .exceptionHandler(this::retry)
                        .addEventHandler(new ToStore());
    }

    /**
     * Makes the client parse events as {@link PodResource}; otherwise it would parse each as its
     * own Pod first, and convert it. Also parses one event, to load the classes: in a cluster
     * without labelled pods the list loads none, and on a busy node the first pod would be delayed
     * by many seconds.
     */
    private static void prepareReading(KubernetesSerialization serialization) {
        serialization.registerKubernetesResource(PodResource.class);
        WatchEvent event = serialization.unmarshal(ANY_EVENT, WatchEvent.class);
        ((PodResource) event.getObject()).toWatchedPod();
    }

    /**
     * Starts, and retries until it succeeds.
     *
     * @param timer checks the watch once a second
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer
    public void start(ScheduledExecutorService timer) {
        start();
        timer.scheduleAtFixedRate(FailFast.task(this::reconcile), 1, 1, TimeUnit.SECONDS);
    }

    void start() {
        informer.start();
    }

    /** Notes whether the watch is up, and logs when that changes. */
    void reconcile() {
        if (informer.isWatching()) {
            health.watched();
        }
        String problem = health.watchProblem();
        if (problem == null) {
            watchProblem.recovered("the pod watch has recovered");
        } else {
            watchProblem.failed("no watch", problem + "; retrying");
        }
    }

    private boolean retry(boolean started, Throwable failure) {
        errors.failed(informer, failure);
        return true;
    }

    /** For tests. */
    SharedIndexInformer<PodResource> informer() {
        return informer;
    }

    @Override
    public void close() {
        errors.close();
        informer.stop();
    }

    private final class ToStore implements ResourceEventHandler<PodResource> {
        /** Called after the pods of the list were added. */
        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            if (!health.isSynced()) {
                log.info("watches " + store.size() + " pods with " + ManagedLabel.SELECTOR);
                health.synced();
            }
        }

        @Override
        public void onAdd(PodResource pod) {
            put(pod.toWatchedPod(), null);
        }

        @Override
        public void onUpdate(PodResource former, PodResource pod) {
            put(pod.toWatchedPod(), MetricsPort.of(former.getMetadata().getAnnotations()::get));
        }

        @Override
        public void onDelete(PodResource pod, boolean lastStateUnknown) {
            store.remove(pod.toWatchedPod());
        }

        private void put(WatchedPod pod, @Nullable MetricsPort former) {
            if (!pod.port().problem().isEmpty() && !pod.port().equals(former)) {
                log.warn("pod " + pod.fullName() + ": " + pod.port().problem() + "; correct it");
            }
            store.put(pod);
        }
    }
}
