package dev.enclavemetrics.metricsserver.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclavemetrics.metricsserver.request.MetricPath;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

public class ItemVersionsTest {

    /** A response of prometheus-adapter, except for the order of an item's fields. */
    public static final String OLDER =
            """
            {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta1","metadata":{},\
            "items":[{"describedObject":{"kind":"Pod","namespace":"shop","name":"api-1",\
            "apiVersion":"/v1"},"timestamp":"2026-11-24T05:40:00Z","value":"437m",\
            "metricName":"http_requests","selector":{"matchLabels":{"verb":"GET"}},"window":60}]}\
            """;

    public static final String NEWER =
            """
            {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},\
            "items":[{"describedObject":{"kind":"Pod","namespace":"shop","name":"api-1",\
            "apiVersion":"/v1"},"timestamp":"2026-11-24T05:40:00Z","value":"437m",\
            "metric":{"name":"http_requests","selector":{"matchLabels":{"verb":"GET"}}},\
            "windowSeconds":60}]}\
            """;

    private static String translated(String list, String version) {
        return ItemVersions.translated(Buffer.buffer(list), version).toString();
    }

    @Test
    void translatesEachVersionToTheOther() {
        assertThat(translated(OLDER, MetricPath.V1BETA2)).isEqualTo(NEWER);
        assertThat(translated(NEWER, MetricPath.V1BETA1)).isEqualTo(OLDER);
    }

    @Test
    void omitsFieldsThatAnItemDoesNotHave() {
        assertThat(
                        translated(
                                "{\"kind\":\"MetricValueList\",\"items\":[{\"metricName\":\"a\"}]}",
                                MetricPath.V1BETA2))
                .contains("[{\"metric\":{\"name\":\"a\"}}]");
        assertThat(translated("{\"kind\":\"MetricValueList\"}", MetricPath.V1BETA1))
                .contains("custom.metrics.k8s.io/v1beta1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "{\"kind\":\"Status\"}",
                "{\"kind\":\"MetricValueList\",\"items\":[1]}",
                "{\"kind\":\"MetricValueList\",\"items\":[null]}"
            })
    void refusesOtherObjects(String text) {
        assertThatThrownBy(() -> translated(text, MetricPath.V1BETA2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense"})
    void refusesInvalidJson(String text) {
        assertThatThrownBy(() -> translated(text, MetricPath.V1BETA2))
                .isInstanceOfAny(JacksonException.class, IllegalArgumentException.class);
    }
}
