package dev.enclavemetrics.kubectl.query;

import static dev.enclavemetrics.kubectl.process.FakeKubectl.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.enclavemetrics.kubectl.process.FakeKubectl;
import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of the API may return any response. */
class JsonAnswerTest {

    private static final String GOOD = Recorded.STATUSES.strip();

    private static int pods(String answer) throws KubectlException {
        Kubectl kubectl = new FakeKubectl().serves(GROUP, answer);
        var pods = new CustomMetrics(kubectl).statuses(Selection.of("shop", ""), List.of());
        return pods == null ? -1 : pods.size();
    }

    private static void refuses(String answer, String words) {
        assertThatExceptionOfType(KubectlException.class)
                .isThrownBy(() -> pods(answer))
                .withMessageStartingWith(
                        "the answer to " + GROUP + "/v1beta2/namespaces/shop/pods/")
                .withMessageContaining(words);
    }

    @Test
    void readsWhatOthersMayAddOneDay() throws Exception {
        assertThat(pods(GOOD.replace("\"ready\":true", "\"more\":{\"a\":[{\"b\":1}]}")))
                .isEqualTo(3);
        assertThat(pods(GOOD.replace("\"metadata\":{}", "\"metadata\":{\"items\":[7]}")))
                .isEqualTo(3);
        assertThat(pods("{\"items\":[],\"kind\":\"EnclaveStatusList\"}")).isZero();
        assertThat(pods("{\"items\":[],\"kind\":\"MetricValueList\"}")).isEqualTo(-1);
    }

    @Test
    void takesTheNullThatGoWritesForAnEmptyList() throws Exception {
        assertThat(pods("{\"kind\":\"EnclaveStatusList\",\"items\":null}")).isZero();
    }

    @Test
    void refusesEveryBeginningOfAnAnswer() {
        for (int end = 0; end < GOOD.length(); end++) {
            refuses(GOOD.substring(0, end), "it must ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "<html>", "{}", "{\"kind\":7}", "\u0000"})
    void refusesWhatIsNoList(String answer) {
        refuses(answer, "it must ");
    }

    @Test
    void refusesMoreThanOneAnswer() {
        refuses(GOOD + "{}", "must end with the object");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'\"name\":\"web-0\"', '\"name\":7', 'items[2].name must be a text, found 7'",
                "'\"name\":\"web-0\"', '\"name\":{}', 'name must be a text, found START_OBJECT'",
                "'\"name\":\"web-0\",', '', 'items[2].name must be a text, found none'",
                "'\"name\":\"web-0\"', '\"name\":\"\"', 'items[2].name must be a text, found '",
                "'\"cpu\":\"437m\",', '', 'items[0].cpu must be a text, found none'",
                "'\"windowSeconds\":15', '\"windowSeconds\":-1', 'whole number of seconds'",
                "'\"windowSeconds\":15', '\"windowSeconds\":\"15\"', 'whole number of seconds'",
                "'\"windowSeconds\":15', '\"windowSeconds\":1e999999', 'whole number of seconds'",
                "'\"windowSeconds\":15', '\"windowSeconds\":99999999999999999999', 'limits'",
                "'2026-11-24T05:39:57Z', 'yesterday', 'timestamp must be a time in the form of RFC"
                        + " 3339'",
                "'\"message\":\"\"', '\"message\":[1]', 'message must be a text'",
                "'\"items\":[', '\"items\":[7,', 'items must be objects'",
                "'\"items\":[', '\"items\":{},\"x\":[', 'must have kind and items'",
            })
    void saysWhatIsWrong(String good, String bad, String words) {
        refuses(GOOD.replace(good, bad == null ? "" : bad), words);
    }

    @Test
    void keepsWithinItsLimits() {
        refuses("{\"a\":".repeat(100_000), "limits");
        refuses(GOOD.replace("web-0", "x".repeat(100_000)), "limits");
        refuses(
                "{\"kind\":\"EnclaveStatusList\",\"items\":[" + "{},".repeat(10),
                "items[0].namespace");
    }

    @Test
    void keepsThePodWhoseValueIsWrong() throws Exception {
        Kubectl kubectl = new FakeKubectl().serves(GROUP, GOOD.replace("\"437m\"", "\"4370m\""));
        List<PodUsage> pods =
                Objects.requireNonNull(
                        new CustomMetrics(kubectl).statuses(Selection.of("shop", ""), List.of()));
        assertThat(pods).hasSize(3);
        assertThat(pods.get(0).usage()).isEqualTo(Usage.NONE);
        assertThat(pods.get(0).reason().text())
                .isEqualTo("BadValue: a usage must be from 0 to 1, found 4370m");
    }
}
