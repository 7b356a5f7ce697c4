package dev.enclavemetrics.launcher.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    /** The header of Debian's Prometheus 2.42. */
    private static final String PROMETHEUS_2 =
            "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** The header of Prometheus 3. */
    private static final String PROMETHEUS_3 =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    /** The header of Prometheus 3 with native histograms. */
    private static final String PROMETHEUS_3_PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited;q=0.7,"
                    + PROMETHEUS_3;

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
                    + "*/*;q=0.8";

    private static Format choose(String... headers) {
        return AcceptHeader.choose(List.of(headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {PROMETHEUS_2, PROMETHEUS_3, PROMETHEUS_3_PROTOBUF})
    void givesPrometheusOpenMetrics(String header) {
        assertThat(choose(header)).isEqualTo(Format.OPENMETRICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/*",
                "APPLICATION/JSON; charset=utf-8",
                BROWSER,
                "text/html",
                "image/png, application/xml;q=0.3",
                "application/json, text/plain, */*",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
            })
    void givesJsonToClientsThatAcceptIt(String header) {
        assertThat(choose(header)).isEqualTo(Format.JSON);
    }

    @Test
    void givesJsonWithoutAHeader() {
        assertThat(choose()).isEqualTo(Format.JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | PROMETHEUS",
                "text/* | PROMETHEUS",
                "text/plain;version=0.0.4 | PROMETHEUS",
                "TEXT/Plain ; Q=0.5 , application/json ; q=0.4 | PROMETHEUS",
                "application/json;q=0.4,text/plain;q=0.5 | PROMETHEUS",
                "application/json;q=0.6,text/plain;q=0.5 | JSON",
                "application/openmetrics-text | OPENMETRICS",
                "application/openmetrics-text;version=\"1.0.0\" | OPENMETRICS",
                "application/openmetrics-text;q=0.1,text/plain;q=0.2 | PROMETHEUS",
                "text/plain;q=0,application/openmetrics-text;q=0.001 | OPENMETRICS",
                "application/openmetrics-text;version=2.0.0,text/plain;q=0.1 | PROMETHEUS",
                "text/plain;version=9,*/*;q=0.1 | JSON",
                "*/*,application/json;q=0 | OPENMETRICS",
                "*/*;q=0.9,application/*;q=0.1 | PROMETHEUS",
                "text/plain;x=\"a,b;q=0\";q=1 | PROMETHEUS",
                "text/plain;x=\"\\\",\";q=0.7,application/json;q=0.6 | PROMETHEUS"
            })
    void honoursWeightsWildcardsAndParameters(String header, Format format) {
        assertThat(choose(header)).isEqualTo(format);
    }

    @Test
    void readsSeveralHeaderLinesAsOne() {
        assertThat(choose("application/json;q=0.3", "text/plain;q=0.4"))
                .isEqualTo(Format.PROMETHEUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ";;;",
                "text",
                "text/plain;q=high",
                "text/plain;q=2",
                "text/plain;q=-1",
                "text/plain;q=1.0000",
                "text/plain;q=NaN",
                "\"text/plain",
                "text/plain\"\\",
                "/",
                "=;=,=;q=1",
                "\u0000\uFFFF"
            })
    void givesJsonToGarbage(String header) {
        assertThat(choose(header)).isEqualTo(Format.JSON);
    }
}
