package dev.enclavemetrics.agent.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

    private static final String TEXT =
            """
            # HELP queue_depth How many, of \\n queue_depth 7
            # TYPE queue_depth gauge
            queue_depth 60
            queue_depth_max 99
            # TYPE http_requests_total counter
            http_requests_total{code="200",path="/a"} 1000 1395066363000
            http_requests_total{code="500",path="/a"} 3
            http_requests_total { path = "/b" , code = "500" , } 4
            http_requests_total{code="500",path="/q\\"}"} 5 # {trace_id="1"} 1 2
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="0.1"} 10
            latency_seconds_bucket{le="+Inf"} 17
            latency_seconds_sum 3.5
            latency_seconds_count 17
            # EOF
            """;

    @BeforeAll
    static void loadNativeLibrary() throws IOException {
        dev.enclavemetrics.transport.Transport.load();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1 << 20})
    void sumsTheSeriesThatMatch(int piece) throws IOException {
        for (boolean inJava : new boolean[] {false, true}) {
            SeriesSum[] sums =
                    read(
                            "queue_depth+http_requests_total{code=\"500\"}+latency_seconds_count"
                                    + "+latency_seconds_bucket{le=\"0.1\"}+absent",
                            TEXT,
                            piece,
                            inJava);

            assertThat(sums[0].sum()).isEqualTo(60);
            assertThat(sums[0].isCounter()).isFalse();
            assertThat(sums[1].sum()).isEqualTo(12);
            assertThat(sums[1].series()).isEqualTo(3);
            assertThat(sums[1].isCounter()).isTrue();
            assertThat(sums[2].sum()).isEqualTo(17);
            assertThat(sums[2].isCounter()).isTrue();
            assertThat(sums[3].sum()).isEqualTo(10);
            assertThat(sums[4].series()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "code=\"500\", 12",
        "code!=\"500\", 1000",
        "path=\"/q\\\"}\", 5",
        "absent=\"\", 1012",
        "absent!=\"\", 0",
        "absent=\"x\", 0",
        "absent!=\"x\", 1012",
        "'code=\"500\",path=\"/b\"', 4",
    })
    void matchesLabelsAsPromqlDoes(String labels, double sum) throws IOException {
        assertThat(read("http_requests_total{" + labels + "}", TEXT)[0].sum()).isEqualTo(sum);
    }

    @ParameterizedTest
    @CsvSource({
        "x_total, gauge, true",
        "x, counter, true",
        "x, gauge, false",
        "x, untyped, false",
        "x, countered, false",
        "x_count, counter, true",
        "x_count, gauge, false",
    })
    void takesTheTypeFromTheExpositionExceptForTotals(String name, String type, boolean counter)
            throws IOException {
        String text = "# TYPE " + name + " " + type + "\n" + name + " 1\n";

        assertThat(read(name, text)[0].isCounter()).isEqualTo(counter);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1.5, -1.5",
        "+0.25, 0.25",
        ".5, 0.5",
        "5., 5",
        "1e3, 1000",
        "1.5E-3, 0.0015",
        "123456789012345678901234567890, 1.2345678901234568E29",
        "0.000000000000000000000000001, 1e-27",
        "1.797e308, 1.797e308",
        "1e-320, 1e-320",
        "1e999999999999, Infinity",
        "-1e400, -Infinity",
        "1e-999999999999, 0",
        "NaN, NaN",
        "nan, NaN",
        "+Inf, Infinity",
        "-Inf, -Infinity",
        "Infinity, Infinity",
    })
    void readsNumbersAsGoDoes(String text, double value) throws IOException {
        double sum = read("x", "x " + text + "\r\n")[0].sum();

        if (!Double.isFinite(value)) {
            assertThat((Double) sum).isEqualTo((Double) value);
        } else {
            assertThat(sum).isCloseTo(value, within(Math.abs(value) * 1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "x ",
                "x y",
                "x 1y",
                "x 1e",
                "x --1",
                "x .",
                "x 0x10",
                "x nanny",
                "x{ 1",
                "x{a} 1",
                "x{a=1} 1",
                "x{a=\"1} 1",
                "x{a=\"1\\",
                "x{a=\"1\"b=\"2\"} 1",
                "x{\"y\"} 1",
                "x{a=\"1\"}",
            })
    void refusesAMalformedLineOfASelectedMetric(String line) {
        assertThatThrownBy(() -> read("x", line + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a line of a selected metric is malformed: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"y y y\n", "\n\n", "{\"x\"} 1\n", "#\n# TYPE\n# TYPE x\n", "xx 1\nx:y 1\n"})
    void ignoresOtherLines(String text) throws IOException {
        assertThat(read("x", text)[0].series()).isZero();
    }

    @Test
    void refusesATextThatIsCutOff() {
        assertThatThrownBy(() -> read("x", "x 1\nx 2"))
                .hasMessageContaining("must end with a whole line, but is cut off");
    }

    @Test
    void refusesALineLongerThanTheBuffer() throws IOException {
        String fits = "y".repeat(Exposition.MAX_LINE_BYTES - 1) + "\nx 1\n";
        assertThat(read("x", fits)[0].sum()).isEqualTo(1);

        assertThatThrownBy(() -> read("x", "y" + fits))
                .hasMessage("a line must be at most 65536 bytes, found a longer one");
    }

    @Test
    void refusesMoreThanTheMaximum() throws IOException {
        Body endless =
                new Body() {
                    @Override
                    public int read(byte[] into, int offset, int length) {
                        into[offset] = '\n';
                        return 1;
                    }

                    @Override
                    public void close() {}
                };

        assertThatThrownBy(() -> exposition("x", false).read(endless, deadline()))
                .hasMessage("must be at most 8388608 bytes, but is longer");
    }

    @Test
    void findsTheSameInJavaAndInC() throws IOException {
        Random random = new Random(1);
        String metrics = "a+ab{c=\"1\"}+b_total+c_count";
        String[] pieces = {
            "a",
            "b",
            "c",
            "ab",
            "_total",
            "_count",
            " ",
            "1",
            "2.5",
            "{c=\"1\"}",
            "\n",
            "\n",
            "# TYPE ",
            "counter",
            "histogram",
            "\u0000",
            "é",
            "\"",
            "\\"
        };
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = result(metrics, text + "\n", false);
            assertThat(result(metrics, text + "\n", true)).as("%s", text).isEqualTo(once);
            read += once.startsWith("read") ? 1 : 0;
        }
        assertThat(read).isBetween(1_000, 19_000);
    }

    @Test
    void allocatesNothing() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Exposition exposition =
                exposition(
                        "queue_depth+http_requests_total{code=\"500\"}+latency_seconds_count",
                        false);
        Deadline deadline = deadline();
        TextBody body = new TextBody(TEXT.repeat(100), 4096);
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                exposition.read(body, deadline);
                body.close();
            }
            leastBytes =
                    Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }

        assertThat(leastBytes).isZero();
    }

    private static String result(String metrics, String text, boolean inJava) {
        try {
            StringBuilder result = new StringBuilder("read");
            for (SeriesSum sum : read(metrics, text, 100, inJava)) {
                result.append(' ').append(sum.sum()).append(sum.isCounter());
            }
            return result.toString();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static SeriesSum[] read(String metrics, String text) throws IOException {
        return read(metrics, text, 1 << 20, false);
    }

    private static SeriesSum[] read(String metrics, String text, int piece, boolean inJava)
            throws IOException {
        Exposition exposition = exposition(metrics, inJava);
        exposition.read(new TextBody(text, piece), deadline());
        return exposition.sums();
    }

    private static Exposition exposition(String metrics, boolean inJava) {
        List<String> problems = new ArrayList<>();
        List<Selector> selectors = SelectorParser.parse(metrics, problems);
        assertThat(problems).isEmpty();
        LineFinder finder = new LineFinder(selectors);
        return new Exposition(selectors, inJava ? finder.inJava() : finder);
    }

    private static Deadline deadline() {
        return new Deadline(() -> 0, 500);
    }
}
