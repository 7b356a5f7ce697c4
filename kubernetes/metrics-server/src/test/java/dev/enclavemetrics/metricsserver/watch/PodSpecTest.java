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
                "{} | \"\"",
                "{'containers':null,'initContainers':null} | \"\"",
                "{'containers':[null,{},{'ports':null},{'ports':[null,{},{'name':null}]}]} | \"\"",
                "{'containers':[{'name':'enclave-metrics','ports':[{'name':'http'}]}]} | \"\"",
                "{'containers':[{'name':'a'},{'name':'b','ports':[{'containerPort':1},"
                        + "{'name':'enclave-metrics'}]}]} | b",
                "{'initContainers':[{'name':'c','ports':[{'name':'enclave-metrics'}]}],"
                        + "'containers':[]} | c"
            })
    void recognizesALauncherByTheNameOfItsPort(String json, String launcher) {
        assertThat(Json.mapper().readValue(json.replace('\'', '"'), PodSpec.class))
                .isEqualTo(new PodSpec(launcher));
    }
}
