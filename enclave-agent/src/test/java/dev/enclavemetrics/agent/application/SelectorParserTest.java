package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorParserTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsNamesAndLabels() {
        List<Selector> selectors =
                parse("queue_depth+http_requests_total{code=\"500\",path!=\"/a+b}\\\"\"}");

        assertThat(problems).isEmpty();
        assertThat(selectors)
                .containsExactly(
                        new Selector("queue_depth", List.of()),
                        new Selector(
                                "http_requests_total",
                                List.of(
                                        new LabelMatcher("code", "500", true),
                                        new LabelMatcher("path", "/a+b}\"", false))));
        assertThat(selectors.get(1).exportedName(true)).isEqualTo("http_requests_per_second");
        assertThat(selectors.get(0).exportedName(false)).isEqualTo("queue_depth");
        assertThat(selectors.get(0).exportedName(true)).isEqualTo("queue_depth_per_second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | a name must be letters, digits and _",
                "9a | a name must be letters, digits and _",
                "a:b | metrics must be NAME or NAME{LABEL=\"VALUE\"}, separated by +, found a:b",
                "a-b | metrics must be NAME or NAME{LABEL=\"VALUE\"}, separated by +, found a-b",
                "a+ | a name must be letters, digits and _",
                "a b | metrics must be NAME or NAME{LABEL=\"VALUE\"}, separated by +, found a b",
                "nitro_enclave_cpu_usage | a name must not begin with nitro_, which is ours",
                "a{b} | a label must be NAME=\"VALUE\" or NAME!=\"VALUE\", found b}",
                "a{b=c} | a label must be NAME=\"VALUE\"",
                "a{b=~\"c\"} | a label must be NAME=\"VALUE\"",
                "a{b=\"c | the value of a label must end with a quotation mark",
                "a{b=\"c\\ | the value of a label must end with a quotation mark",
                "a{b=\"c\"x=\"y\"} | labels must be {NAME=\"VALUE\",...}",
                "a{b=\"c\" | labels must be {NAME=\"VALUE\",...}",
                "a+a | metrics must have different names when they leave the enclave",
                "a_total{b=\"1\"}+a_total{b=\"2\"} | metrics must have different names",
                "a+a_total | metrics must have different names when they leave the enclave",
            })
    void saysWhatIsWrong(String text, String problem) {
        parse(text);

        assertThat(problems).isNotEmpty().first().asString().startsWith(problem);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        List<Selector> selectors = parse("a-b+good+nitro_x+9+c{d=\"+\",e}");

        assertThat(problems).hasSize(4);
        assertThat(selectors).extracting(Selector::name).containsExactly("good");
    }

    @Test
    void takesSixteenMetrics() {
        parse(names(16));
        assertThat(problems).isEmpty();
        parse(names(17));
        assertThat(problems).containsExactly("must be at most 16 metrics, found 17");
    }

    @Test
    void takesNamesThatFitAFrame() {
        String longName = "a".repeat(89);
        parse(longName);
        assertThat(problems).isEmpty();
        parse(longName + "a");
        assertThat(problems).singleElement().asString().contains("at most 100 characters");
        problems.clear();
        parse(
                IntStream.range(0, 8)
                        .mapToObj(i -> longName.substring(1) + i)
                        .collect(Collectors.joining("+")));
        assertThat(problems)
                .containsExactly("must fit a frame, 792 bytes, found 872: shorten or remove names");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).collect(Collectors.joining("+"));
    }

    private List<Selector> parse(String text) {
        return SelectorParser.parse(text, problems);
    }
}
