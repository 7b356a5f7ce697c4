package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NitroJsonTest {

    private static final String ENCLAVE =
            """
            {"EnclaveID": "a", "CPUIDs": [1, {"State": "x"}], "EnclaveCID": 16, "Flags": null,
             "Load": 0.5, "More": {"EnclaveID": "b"}, "Large": 99999999999999999999}
            """;

    @Test
    void takesStringsAndWholeNumbersOfTheObjectItself() {
        assertThat(NitroJson.object(ENCLAVE))
                .isEqualTo(Map.of("EnclaveID", "a", "EnclaveCID", 16L));
    }

    @Test
    void takesTheLastOfTwoWithOneName() {
        assertThat(NitroJson.object("{\"a\":\"1\",\"a\":\"2\"}")).isEqualTo(Map.of("a", "2"));
        assertThat(NitroJson.object("{\"a\":\"1\",\"a\":[]}")).isEmpty();
    }

    @Test
    void showsWhatIsNoObjectAsAnEmptyOne() {
        assertThat(NitroJson.array("[{\"a\": 1}, 2, [{\"b\": 3}], null]"))
                .isEqualTo(List.of(Map.of("a", 1L), Map.of(), Map.of(), Map.of()));
        assertThat(NitroJson.array("[]")).isEmpty();
    }

    @Test
    void refusesEveryPrefixOfAnAnswer() {
        String array = "[" + ENCLAVE.strip() + "]";
        for (int end = 0; end < array.length(); end++) {
            assertThat(NitroJson.array(array.substring(0, end))).isNull();
        }
        for (int end = 0; end < ENCLAVE.strip().length(); end++) {
            assertThat(NitroJson.object(ENCLAVE.substring(0, end))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "1",
                "\"a\"",
                "[] []",
                "{} {}",
                "[{}",
                "[1,]",
                "{\"a\":}",
                "[}",
                "{]",
                "nitro",
                "[{\"a\": 1e}]",
                "[\"\u0000\"]"
            })
    void refusesWhatIsNoAnswer(String text) {
        assertThat(NitroJson.object(text)).isNull();
        assertThat(NitroJson.array(text)).isNull();
    }

    @Test
    void refusesAnAnswerThatIsTooDeep() {
        String deep = "[".repeat(100_000);
        assertThat(NitroJson.array(deep)).isNull();
        assertThat(NitroJson.object("{\"a\":" + deep)).isNull();
    }
}
