package dev.enclavemetrics.kubectl.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.kubectl.query.PodUsage;
import dev.enclavemetrics.kubectl.query.Reason;
import dev.enclavemetrics.kubectl.query.UsageList;
import org.junit.jupiter.api.Test;

class UsageJsonTest {

    @Test
    void writesWhatAPodHas() {
        UsageList usages = UsageTableTest.usages(UsageTableTest.BUSY, UsageTableTest.DEAD);
        assertThat(new UsageJson(false).lines(usages))
                .containsExactly(
                        """
                        {
                            "kind": "EnclaveUsageList",
                            "time": "2026-11-24T05:40:00.123Z",
                            "items": [
                                {
                                    "namespace": "shop",
                                    "name": "busy",
                                    "cpu": 0.9,
                                    "memory": 0.05,
                                    "timestamp": "2026-11-24T05:37:30Z",
                                    "ageSeconds": 150,
                                    "windowSeconds": 15,
                                    "reason": "Fresh"
                                },
                                {
                                    "namespace": "bank",
                                    "name": "dead",
                                    "reason": "ConnectTimeout"
                                }
                            ]
                        }\
                        """);
    }

    @Test
    void givesATerminalNothingToObey() {
        PodUsage hostile =
                new PodUsage(
                        UsageTableTest.DEAD.pod(),
                        "",
                        UsageTableTest.DEAD.usage(),
                        new Reason("Http503", "\u001b[2J \u009b2J"));
        assertThat(new UsageJson(true).lines(UsageTableTest.usages(hostile)))
                .singleElement()
                .asString()
                .contains("\\u001B[2J \\u009B2J")
                .matches("\\p{Print}+");
    }

    @Test
    void fitsIntoOneLine() {
        assertThat(new UsageJson(true).lines(UsageTableTest.usages()))
                .containsExactly(
                        "{\"kind\":\"EnclaveUsageList\",\"time\":\"2026-11-24T05:40:00.123Z\","
                                + "\"items\":[]}");
    }
}
