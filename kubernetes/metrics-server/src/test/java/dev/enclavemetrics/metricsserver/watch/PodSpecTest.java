package dev.enclavemetrics.metricsserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.metricsserver.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSpecTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | false",
                "{'containers':null,'initContainers':null} | false",
                "{'containers':[null,{},{'ports':null},{'ports':[null,{},{'name':null}]}]} | false",
                "{'containers':[{'name':'enclave-metrics','ports':[{'name':'http'}]}]} | false",
                "{'containers':[{'name':'a'},{'ports':[{'containerPort':1},"
                        + "{'name':'enclave-metrics'}]}]} | true",
                "{'initContainers':[{'ports':[{'name':'enclave-metrics'}]}],'containers':[]} | true"
            })
    void recognizesALauncherByTheNameOfItsPort(String json, boolean hasLauncher) {
        assertThat(Json.mapper().readValue(json.replace('\'', '"'), PodSpec.class))
                .isEqualTo(new PodSpec(hasLauncher));
    }
}
