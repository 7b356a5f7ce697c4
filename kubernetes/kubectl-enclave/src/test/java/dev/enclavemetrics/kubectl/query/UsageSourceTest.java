package dev.enclavemetrics.kubectl.query;

import static dev.enclavemetrics.kubectl.process.FakeKubectl.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.kubectl.process.FakeKubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import dev.enclavemetrics.kubectl.show.Tables;
import dev.enclavemetrics.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageSourceTest {

    private static final String V2 = GROUP + "/v1beta2/namespaces/";
    private static final String STATUS = "/pods/*/enclave_status";
    private static final String CPU = "/pods/*/nitro_enclave_cpu_usage";
    private static final String MEMORY = "/pods/*/nitro_enclave_memory_usage";
    private static final String DEPTH = "nitro_enclave_app_queue_depth";
    private static final String BANK = "bank ledger-0 node-a Running <none>\n";
    private static final String EVENTS = "/api/v1/namespaces/shop/events";
    private static final Selection SHOP = Selection.of("shop", "");
    private static final Selection EVERYWHERE = Selection.of(null, "");

    private final FakeKubectl kubectl = new FakeKubectl();

    private UsageList read(Selection selection) throws KubectlException {
        return new UsageSource(kubectl, false, List.of(), new TestClock()).read(selection);
    }

    private static List<String> lines(UsageList usages) {
        return Tables.wide(usages);
    }

    private String failure(Selection selection) {
        return catchThrowableOfType(KubectlException.class, () -> read(selection)).getMessage();
    }

    @Test
    void asksTheMetricsServerAndNobodyElse() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.STATUSES);

        UsageList usages = read(SHOP);

        assertThat(lines(usages))
                .containsExactly(
                        "api-6d9c-x2v4w   43.7%    31.2%   3s    15s   -",
                        "api-6d9c-zz7kp   -        -       -     -     -   "
                                + "ConnectRefused: nothing listens on the port",
                        "web-0            100.0%   0.0%    30s   60s   -   "
                                + "Fresh, but the last scrape failed: Http503 Stale");
        assertThat(usages.warnings()).isEmpty();
        assertThat(kubectl.requests())
                .containsExactly("get --raw " + V2 + "shop" + STATUS + FakeKubectl.MANAGED);
    }

    private UsageList readDepth() throws KubectlException {
        return new UsageSource(kubectl, false, List.of(DEPTH), new TestClock()).read(SHOP);
    }

    @Test
    void asksForNumbersOfTheApplication() throws Exception {
        kubectl.serves(
                V2 + "shop" + STATUS,
                Recorded.STATUSES.replaceFirst(
                        "\"reason\":\"Fresh\"",
                        "\"metrics\":{\"" + DEPTH + "\":\"60k\"},\"reason\":\"Fresh\""));

        UsageList usages = readDepth();

        assertThat(usages.pods().get(0).metrics()).hasToString("{" + DEPTH + "=60000}");
        assertThat(usages.pods().get(1).metrics()).isEmpty();
        assertThat(kubectl.requests().get(0)).endsWith("&metrics=" + DEPTH);
    }

    @Test
    void readsEachNumberWithoutStatuses() throws Exception {
        kubectl.answers("get pods", Recorded.PODS)
                .forbids("get --raw " + V2 + "shop" + STATUS, "pods")
                .serves(V2 + "shop/pods/*/" + DEPTH, Recorded.MEMORY_V1BETA2);

        assertThat(readDepth().pods().get(2).metrics()).hasToString("{" + DEPTH + "=0.312}");
        kubectl.forbids("get --raw " + V2 + "shop/pods/*/" + DEPTH, "pods");
        assertThat(readDepth().warnings()).anyMatch(warning -> warning.contains(DEPTH));
    }

    @Test
    void refusesNumbersOfAnotherKind() {
        kubectl.answers("get pods", Recorded.PODS)
                .forbids("get --raw " + V2 + "shop" + STATUS, "pods")
                .serves(V2 + "shop/pods/*/" + DEPTH, Recorded.STATUSES);

        assertThatExceptionOfType(KubectlException.class)
                .isThrownBy(this::readDepth)
                .withMessageContaining(
                        "it must be of kind MetricValueList, found EnclaveStatusList");
    }

    @Test
    void passesLabelsOn() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.NO_STATUSES);

        assertThat(read(Selection.of("shop", "app in (a, b)")).pods()).isEmpty();

        assertThat(kubectl.requests().get(0))
                .endsWith(
                        "?labelSelector=nitro.k8s.anjuna.io%2Fmanaged%3Dyes%2C"
                                + "app%20in%20%28a%2C%20b%29");
    }

    @Test
    void looksUpNodesIfTheyAreWanted() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.STATUSES).answers("get pods", Recorded.PODS);

        UsageList usages = new UsageSource(kubectl, true, List.of(), new TestClock()).read(SHOP);

        assertThat(usages.pods())
                .extracting(PodUsage::node)
                .containsExactly("node-a", "node-b", "node-a");
    }

    @Test
    void putsTheTableTogetherWhereAnotherAdapterServes() throws Exception {
        kubectl.serves(GROUP, Recorded.GROUP_V1BETA1)
                .serves(V2, "Error from server (NotFound): the server could not find it")
                .serves(GROUP + "/v1beta1/namespaces/shop" + CPU, Recorded.CPU_V1BETA1)
                .serves(
                        GROUP + "/v1beta1/namespaces/shop" + MEMORY,
                        Recorded.MEMORY_V1BETA2.replace("v1beta2", "v1beta1"))
                .serves(EVENTS, Recorded.EVENTS)
                .answers("get pods", Recorded.PODS);

        UsageList usages = read(SHOP);

        assertThat(lines(usages))
                .containsExactly(
                        "api-6d9c-new     -       -       -     -   -        FailedMount:"
                            + " MountVolume.SetUp failed for volume \"enclave-metrics-nitro-cli\" :"
                            + " hostPath type check failed: /usr/bin/nitro-cli is not a file",
                        "api-6d9c-old     -       -       -     -   node-a   Terminating",
                        "api-6d9c-x2v4w   43.7%   31.2%   10s   -   node-a",
                        "api-6d9c-zz7kp   -       -       -     -   node-b   NoValue",
                        "web-0            -       -       -     -   node-a   "
                                + "BadValue: a usage must be from 0 to 1, found 1200m");
        assertThat(usages.warnings())
                .containsExactly(
                        "reasons of namespace shop are not shown: the server of"
                                + " custom.metrics.k8s.io has no pods/enclave_status; this"
                                + " project's metrics server has it");
    }

    @Test
    void takesAnAnswerOfAnotherKindForNoStatuses() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.MEMORY_V1BETA2)
                .serves(V2 + "shop" + CPU, Recorded.MEMORY_V1BETA2)
                .serves(V2 + "shop" + MEMORY, Recorded.MEMORY_V1BETA2)
                .answers("get pods", "");

        UsageList usages = read(SHOP);

        assertThat(lines(usages)).containsExactly("api-6d9c-x2v4w   31.2%   31.2%   2s   15s   -");
        assertThat(usages.warnings()).hasSize(1);
    }

    @Test
    void showsWhatTheUserMayRead() throws Exception {
        kubectl.forbids("get --raw " + GROUP, "pods.custom.metrics.k8s.io")
                .serves(V2 + "shop" + MEMORY, Recorded.MEMORY_V1BETA2)
                .forbids("get pods", "pods");

        UsageList usages = read(SHOP);

        assertThat(lines(usages)).containsExactly("api-6d9c-x2v4w   -   31.2%   2s   15s   -");
        assertThat(usages.warnings()).hasSize(3);
        assertThat(usages.warnings().get(0))
                .startsWith("reasons of namespace shop are not shown: pods.custom.metrics.k8s.io")
                .endsWith(
                        "; the role view allows it where the metrics server's chart is installed");
        assertThat(usages.warnings().get(1)).startsWith("pods without a value of namespace shop");
        assertThat(usages.warnings().get(2)).startsWith("CPU usages of namespace shop");
    }

    @Test
    void failsWhereTheUserMayReadNothing() {
        kubectl.forbids("get", "pods.custom.metrics.k8s.io");

        assertThat(failure(SHOP))
                .startsWith("pods.custom.metrics.k8s.io \"*\" is forbidden: User \"reader\"")
                .contains("; the role view allows it");
        assertThat(failure(EVERYWHERE)).endsWith("; name a namespace with -n");
    }

    @Test
    void asksForAllNamespacesAtOnce() throws Exception {
        kubectl.serves(GROUP + "/v1beta2/pods/*/enclave_status", Recorded.STATUSES);

        assertThat(read(EVERYWHERE).pods()).hasSize(3);
        assertThat(kubectl.requests()).hasSize(1);
    }

    @Test
    void asksForEachNamespaceWhereItMayNotForAll() throws Exception {
        kubectl.forbids("get --raw " + GROUP, "pods.custom.metrics.k8s.io")
                .serves(V2 + "shop" + STATUS, Recorded.STATUSES)
                .answers("get pods --all-namespaces", BANK + Recorded.PODS)
                .answers("get pods --namespace=bank", BANK)
                .forbids("get --raw " + V2 + "bank", "pods.custom.metrics.k8s.io");

        UsageList usages = read(EVERYWHERE);

        assertThat(usages.pods())
                .extracting(pod -> pod.pod().namespace() + " " + pod.reason().word())
                .containsExactly("bank ", "shop Fresh", "shop ConnectRefused", "shop Fresh");
        assertThat(usages.warnings()).anyMatch(w -> w.startsWith("reasons of namespace bank"));
    }

    @Test
    void saysThatTheApiIsNotInstalled() {
        assertThat(failure(SHOP))
                .isEqualTo(
                        "the cluster must serve custom.metrics.k8s.io, found no APIService of that"
                                + " group; install the metrics server: helm install enclave-metrics"
                                + " kubernetes/chart");
    }

    @Test
    void saysWhyTheApiIsNotAvailable() {
        kubectl.serves(
                        GROUP,
                        "Error from server (ServiceUnavailable): the server is currently unable to"
                                + " handle the request")
                .serves("/apis/apiregistration.k8s.io/v1", Recorded.APISERVICE_DOWN);

        assertThat(failure(SHOP))
                .isEqualTo(
                        "the APIService v1beta2.custom.metrics.k8s.io must be available, found:"
                            + " endpointslices for service/enclave-metrics-server in"
                            + " \"enclave-system\" have no addresses with port name \"https\";"
                            + " check that the metrics server runs and the API server can reach it:"
                            + " kubectl describe apiservice v1beta2.custom.metrics.k8s.io");

        kubectl.forbids("get --raw /apis/apiregistration.k8s.io", "apiservices");
        assertThat(failure(SHOP)).contains("found: the server is currently unable to handle");
    }

    @Test
    void saysInTheWordsOfTheNewestEventWhyAPodIsPending() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.PENDING).serves(EVENTS, Recorded.EVENTS);

        UsageList usages = read(SHOP);

        assertThat(usages.pods())
                .extracting(pod -> pod.reason().text())
                .containsExactly(
                        "FailedMount: MountVolume.SetUp failed for volume"
                                + " \"enclave-metrics-nitro-cli\" : hostPath type check failed:"
                                + " /usr/bin/nitro-cli is not a file",
                        "Pending: the pod is not running yet",
                        "ImagePullBackOff: container app");
        assertThat(usages.warnings()).isEmpty();
        assertThat(kubectl.requests().get(1))
                .isEqualTo(
                        "get --raw "
                                + EVENTS
                                + "?fieldSelector=involvedObject.kind%3DPod%2Ctype%3DWarning%2C"
                                + "reason%21%3DFailedScheduling");
    }

    @Test
    void saysThatItMayNotReadEvents() throws Exception {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.PENDING)
                .forbids("get --raw /api/v1/", "events");

        UsageList usages = read(SHOP);

        assertThat(usages.pods().get(0).reason().word()).isEqualTo("Pending");
        assertThat(usages.warnings())
                .singleElement()
                .asString()
                .startsWith("Events of pending pods of namespace shop are not shown: events");
    }

    @Test
    void refusesEventsOfAnotherKind() {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.PENDING).serves(EVENTS, Recorded.NO_STATUSES);

        assertThat(failure(SHOP)).contains("it must be of kind EventList, found EnclaveStatusList");
    }

    @Test
    void readsEventsOfAllNamespacesAtOnce() throws Exception {
        kubectl.serves(GROUP + "/v1beta2/pods/*/enclave_status", Recorded.PENDING)
                .serves("/api/v1/events?", Recorded.EVENTS);

        assertThat(read(EVERYWHERE).pods().get(0).reason().word()).isEqualTo("FailedMount");
    }

    @Test
    void passesOtherFailuresOn() {
        kubectl.answers("get", "error: context \"nope\" does not exist");

        assertThat(failure(SHOP)).isEqualTo("context \"nope\" does not exist");
        assertThat(failure(EVERYWHERE)).isEqualTo("context \"nope\" does not exist");
    }

    @Test
    void refusesPodLinesOfAnotherForm() {
        kubectl.serves(V2 + "shop" + STATUS, Recorded.MEMORY_V1BETA2)
                .answers("get pods", "../../x a b c d\n");

        assertThat(failure(SHOP)).startsWith("kubectl get pods must print namespace, name");
    }
}
