package dev.enclavemetrics.kubectl.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.kubectl.query.PodName;
import dev.enclavemetrics.kubectl.query.PodUsage;
import dev.enclavemetrics.kubectl.query.Reason;
import dev.enclavemetrics.kubectl.query.Usage;
import dev.enclavemetrics.kubectl.query.UsageList;
import dev.enclavemetrics.testing.TestClock;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTableTest {

    static final PodUsage BUSY =
            new PodUsage(
                    new PodName("shop", "busy"),
                    "node-a",
                    new Usage(0.9, 0.05, TestClock.START.minusSeconds(150), 15),
                    new Reason("Fresh", ""));
    static final PodUsage FULL =
            new PodUsage(
                    new PodName("bank", "full-0"),
                    "node-b",
                    new Usage(0.002, 1.0, TestClock.START.minusSeconds(3), 15),
                    new Reason("Fresh", ""));
    static final PodUsage DEAD =
            new PodUsage(
                    new PodName("bank", "dead"), "", Usage.NONE, new Reason("ConnectTimeout", ""));

    static UsageList usages(PodUsage... pods) {
        return new UsageList(TestClock.START, List.of(pods), List.of());
    }

    private static String table(UsageTable table, PodUsage... pods) {
        return String.join("\n", table.lines(usages(pods)));
    }

    @Test
    void alignsAsKubectlDoes() {
        assertThat(table(Tables.of(false, false, List.of(), true), BUSY, FULL, DEAD))
                .isEqualTo(
                        """
                        NAME     CPU     MEMORY   AGE     REASON
                        busy     90.0%   5.0%     2m30s
                        full-0   0.2%    100.0%   3s
                        dead     -       -        -       ConnectTimeout\
                        """);
    }

    @Test
    void showsNumbersOfTheApplication() {
        PodUsage queue =
                new PodUsage(
                        new PodName("shop", "queue"),
                        "node-a",
                        new Usage(0.5, 0.25, TestClock.START, 15),
                        new Reason("Fresh", ""),
                        Map.of(
                                "nitro_enclave_app_queue_depth", new BigDecimal("1000000"),
                                "nitro_enclave_app_rate", new BigDecimal("12.500")));
        List<String> metrics = List.of("nitro_enclave_app_rate", "nitro_enclave_app_queue_depth");

        assertThat(table(Tables.of(false, false, metrics, true), queue, DEAD))
                .isEqualTo(
                        """
                        NAME    CPU     MEMORY   RATE   QUEUE_DEPTH   AGE   REASON
                        queue   50.0%   25.0%    12.5   1000000       0s
                        dead    -       -        -      -             -     ConnectTimeout\
                        """);
    }

    @Test
    void showsNamespacesAndNodes() {
        assertThat(table(Tables.of(true, true, List.of(), true), BUSY, DEAD))
                .isEqualTo(
                        """
                        NAMESPACE   NAME   CPU     MEMORY   AGE     WINDOW   NODE     REASON
                        shop        busy   90.0%   5.0%     2m30s   15s      node-a
                        bank        dead   -       -        -       -        -        ConnectTimeout\
                        """);
    }

    @Test
    void leavesTheHeadersOut() {
        assertThat(table(Tables.of(false, false, List.of(), false), FULL))
                .isEqualTo("full-0   0.2%   100.0%   3s");
    }

    @Test
    void hasNoHeadersWithoutPods() {
        assertThat(table(Tables.of(false, false, List.of(), true))).isEmpty();
    }

    @Test
    void letsNoWordsSteerTheTerminal() {
        PodUsage hostile =
                new PodUsage(
                        new PodName("shop", "a\u001b[2J"),
                        "",
                        Usage.NONE,
                        new Reason("X", "b\nc\u202e"));
        assertThat(table(Tables.of(false, false, List.of(), false), hostile))
                .isEqualTo("a\\u001b[2J   -   -   -   X: b\\u000ac\\u202e");
    }

    @Test
    void ordersByEachKey() {
        assertThat(ordered(PodOrder.CPU)).isEqualTo("busy full-0 dead");
        assertThat(ordered(PodOrder.MEMORY)).isEqualTo("full-0 busy dead");
        assertThat(ordered(PodOrder.AGE)).isEqualTo("busy full-0 dead");
        assertThat(ordered(PodOrder.NAME)).isEqualTo("busy dead full-0");
    }

    private static String ordered(PodOrder order) {
        return String.join(
                " ",
                Arrays.stream(new PodUsage[] {DEAD, FULL, BUSY})
                        .sorted(order.comparator())
                        .map(pod -> pod.pod().name())
                        .toList());
    }
}
