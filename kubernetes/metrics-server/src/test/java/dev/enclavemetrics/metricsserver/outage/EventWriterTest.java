package dev.enclavemetrics.metricsserver.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.cluster.MockApiServer;
import dev.enclavemetrics.metricsserver.store.Pods;
import dev.enclavemetrics.metricsserver.store.WatchedPod;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventWriterTest {

    private final Answers answers = new Answers();
    private final MockApiServer server = new MockApiServer(answers, builder -> {});
    private final KubernetesClient client = server.client;
    private final TestClock clock = new TestClock();
    private final LogLines log = new LogLines();
    private final WatchedPod pod = Pods.pod("shop", "api").pod();

    @AfterEach
    void end() {
        server.close();
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("shop").list().getItems();
    }

    @Test
    void createsAnEventOnThePod() throws Exception {
        try (EventWriter writer = new EventWriter(client, clock, log.log())) {
            writer.write(pod, EventWriter.UNAVAILABLE, "No enclave metrics: ConnectTimeout");
            answers.await(1);

            Event event = events().get(0);

            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("EnclaveMetricsUnavailable");
            assertThat(event.getMessage()).isEqualTo("No enclave metrics: ConnectTimeout");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("Pod");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("api");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo(pod.uid());
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-24T05:40:00Z");
        }
    }

    @Test
    void createsOneEventForTheSameMessageOfTwoReplicas() throws Exception {
        try (EventWriter one = new EventWriter(client, clock, log.log());
                EventWriter other = new EventWriter(client, clock, log.log())) {
            one.write(pod, EventWriter.UNAVAILABLE, "gone");
            answers.await(1);
            other.write(pod, EventWriter.UNAVAILABLE, "gone");
            other.write(pod, EventWriter.AVAILABLE, "back");
            answers.await(2);
            assertThat(events()).hasSize(2);

            clock.advance(Duration.ofMinutes(10));
            one.write(pod, EventWriter.UNAVAILABLE, "gone");
            answers.await(1);

            assertThat(events()).hasSize(3);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void logsForbiddenEventsOnce() throws Exception {
        answers.refusal = refusal(403, "events is forbidden", "");
        try (EventWriter writer = new EventWriter(client, clock, log.log())) {
            writer.write(pod, EventWriter.UNAVAILABLE, "one");
            writer.write(pod, EventWriter.UNAVAILABLE, "two");
            answers.await(2);

            log.await(1, "WARN  the account must be allowed to create Events");
        }
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void reportsOtherFailuresToCreateAnEvent() throws Exception {
        try (EventWriter writer = new EventWriter(client, clock, log.log())) {
            answers.refusal = refusal(422, "Event is invalid", "");
            writer.write(pod, EventWriter.UNAVAILABLE, "one");
            writer.write(pod, EventWriter.UNAVAILABLE, "two");
            answers.await(2);
            answers.refusal = null;
            writer.write(pod, EventWriter.UNAVAILABLE, "three");
            answers.await(1);
            log.await(1, "WARN  an Event must be created, found: ");
            answers.refusal = refusal(403, "events is forbidden", "");
            writer.write(pod, EventWriter.UNAVAILABLE, "four");
            log.await(1, "grant create of events");
        }
        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(1)).isEqualTo("INFO  Events can be created again");
        assertThat(log.lines().get(0)).contains("Event is invalid").doesNotContain("grant");
    }

    @Test
    void isSilentAboutNamespacesThatAreBeingDeleted() throws Exception {
        try (EventWriter writer = new EventWriter(client, clock, log.log())) {
            answers.refusal =
                    refusal(403, "because it is being terminated", "NamespaceTerminating");
            writer.write(pod, EventWriter.UNAVAILABLE, "one");
            answers.await(1);
            answers.refusal = refusal(404, "namespaces \\\"shop\\\" not found", "");
            writer.write(pod, EventWriter.UNAVAILABLE, "two");
            answers.await(1);
            answers.refusal = refusal(403, "events is forbidden", "");
            writer.write(pod, EventWriter.UNAVAILABLE, "three");
            log.await(1, "grant create of events");
        }
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void logsNothingOfAnEventThatTheShutdownEnds() throws Exception {
        answers.hold.acquire();
        EventWriter writer = new EventWriter(client, clock, log.log());
        try {
            writer.write(pod, EventWriter.UNAVAILABLE, "one");
            answers.await(1);
        } finally {
            writer.close();
        }
        try {
            assertThat(writer.thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            answers.hold.release();
        }
        assertThat(log.lines()).isEmpty();
    }

    private static MockResponse refusal(int code, String message, String cause) {
        return new MockResponse()
                .setResponseCode(code)
                .setBody(
                        ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,"
                             + "\"message\":\"%s\",\"details\":{\"causes\":[{\"reason\":\"%s\"}]}}")
                                .formatted(code, message, cause));
    }

    /** Stores or rejects Events, and counts them. */
    private static final class Answers extends KubernetesCrudDispatcher {
        private final Semaphore came = new Semaphore(0);

        /** No Event is answered while a test holds this. */
        private final Semaphore hold = new Semaphore(1);

        private volatile @Nullable MockResponse refusal;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (!"POST".equals(request.getMethod())) {
                return super.dispatch(request);
            }
            MockResponse refused = refusal;
            MockResponse answer = refused == null ? super.dispatch(request) : refused;
            came.release();
            hold.acquireUninterruptibly();
            hold.release();
            return answer;
        }

        void await(int count) throws InterruptedException {
            assertThat(came.tryAcquire(count, 60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
