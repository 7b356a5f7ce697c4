package dev.enclavemetrics.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.MetricsFrame;
import dev.enclavemetrics.launcher.serve.TestServer;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.Chromium;
import dev.enclavemetrics.testing.ChromiumPage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout of the status page in a real Chromium, at common window widths. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // by start()
class StatusPageLayoutIT {

    /**
     * Records each text that a chart draws on its canvas, with its left and right end in pixels.
     */
    private static final String RECORD_TEXTS =
            """
            window.texts = [];
            const fillText = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function(text, x, ...rest) {
              const width = this.measureText(text).width;
              const left = {left: 0, center: width / 2, right: width}[this.textAlign];
              texts.push({text, left: x - left, right: x - left + width, end: this.canvas.width});
              fillText.call(this, text, x, ...rest);
            };
            """;

    /**
     * A script that returns the words of all elements that match a selector, if the lines on which
     * a word stands meet a condition, for example if it is broken over two lines.
     */
    private static final String TORN =
            """
            (selector, isTorn) => [...document.querySelectorAll(selector)].flatMap((element) => {
              const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
              const words = [];
              while (texts.nextNode()) {
                for (const {0: word, index} of texts.currentNode.data.matchAll(/\\S+/g)) {
                  const range = document.createRange();
                  range.setStart(texts.currentNode, index);
                  range.setEnd(texts.currentNode, index + word.length);
                  words.push({word, lines: [...range.getClientRects()].map((box) => box.top)});
                }
              }
              return words.filter(isTorn).map(({word}) => word);
            })
            """;

    /**
     * A script that returns the lowest and the highest pixel of a line, as parts of the height of
     * the axis.
     */
    private static final String EXTENT =
            """
            (chart, variable) => {
              const canvas = document.querySelector(chart + ' canvas');
              const over = document.querySelector(chart + ' .u-over');
              const probe = document.createElement('canvas').getContext('2d');
              probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(variable);
              probe.fillRect(0, 0, 1, 1);
              const color = probe.getImageData(0, 0, 1, 1).data;
              const height = over.clientHeight;
              const {data} = canvas.getContext('2d').getImageData(
                  over.offsetLeft, over.offsetTop, over.clientWidth, height);
              const rows = [];
              for (let i = 0; i < data.length; i += 4) {
                if ([0, 1, 2].every((c) => Math.abs(data[i + c] - color[c]) <= 30)) {
                  const row = Math.floor(i / 4 / over.clientWidth);
                  rows.push((1 - (row + 0.5) / height) * 1.04 - 0.02);
                }
              }
              return [rows[rows.length - 1], rows[0]];
            }
            """;

    private static Chromium chromium;
    private TestServer server;
    private ChromiumPage page;

    @BeforeAll
    static void startChromium() throws IOException {
        assumeThat(Chromium.isInstalled())
                .as("chromium must be installed for this test (Debian: package chromium)")
                .isTrue();
        chromium = Chromium.start();
    }

    @AfterAll
    static void endChromium() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(16, Duration.ofMinutes(1));
        page = chromium.newPage();
        page.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", RECORD_TEXTS));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void receives(double cpu, double memory) {
        receives(Frames.frame(1, 1000, cpu, memory));
    }

    private void receives(MetricsFrame frame) {
        server.clock.advance(Duration.ofSeconds(1));
        server.latest.received(
                new ReceivedFrame(frame, server.clock.nanoTime(), server.clock.instant()));
    }

    private void open(int width, String heading) throws IOException {
        page.show(width, 800, false);
        page.go("http://127.0.0.1:" + server.port() + "/");
        page.await("document.getElementById('state').textContent.startsWith('" + heading + "')");
    }

    private String text(String id) throws IOException {
        return page.evaluate("document.getElementById('%s').innerText".formatted(id)).asString();
    }

    private String shown() throws IOException {
        return page.evaluate("document.querySelector('main').innerText").asString();
    }

    private List<String> torn(String selector, String isTorn) throws IOException {
        return page.evaluate("(%s)('%s', %s)".formatted(TORN, selector, isTorn))
                .valueStream()
                .map(word -> word.asString())
                .toList();
    }

    private List<Double> extent(String chart, String variable) throws IOException {
        return page.evaluate("(%s)('%s', '%s')".formatted(EXTENT, chart, variable))
                .valueStream()
                .map(share -> share.asDouble())
                .toList();
    }

    @Test
    void showsNoTimeAndClaimsNoChartBeforeTheLauncherWasHeard() throws Exception {
        page.command("Network.setBlockedURLs", Map.of("urls", List.of("*/events")));
        open(390, "Connection to the launcher lost");

        page.await("texts.some(({text}) => text.startsWith('100'))");
        assertThat(page.evaluate("texts.some(({text}) => text.includes(':'))").asBoolean())
                .isFalse();
        assertThat(text("message")).doesNotContain("chart");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1280})
    void drawsEachTimeOfTheAxisWhole(int width) throws Exception {
        receives(0.5, 0.3); // at 05:40:01, so that the label 05:40:00 is near the right end
        open(width, "Fresh");

        page.await("texts.some(({text}) => text.includes('05:40:00'))");
        assertThat(page.evaluate("texts.filter((t) => t.left < 0 || t.right > t.end)")).isEmpty();
    }

    @Test
    void tellsWhatToDoOnlyWhereThereIsSomethingToDo() throws Exception {
        receives(0.5, 0.3);
        open(390, "Fresh");
        assertThat(shown()).doesNotContain("What to do");

        server.close();
        page.await("document.querySelector('main').innerText.includes('What to do')");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1280})
    void leavesNoWordAloneAndNoCellEmpty(int width) throws Exception {
        receives(0.5, 0.3);
        open(width, "Fresh");

        assertThat(
                        torn(
                                ".note",
                                "({lines}, i, all) => i > 0 && i === all.length - 1"
                                        + " && lines[0] > all[i - 1].lines.at(-1) + 5"))
                .isEmpty();
        assertThat(
                        page.evaluate(
                                        """
                                        [...document.querySelectorAll('.facts > div')].slice(-2)
                                            .map((cell) => cell.offsetTop)
                                        """)
                                .valueStream()
                                .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1280})
    void breaksNoOptionAndNoCommandAtItsHyphens(int width) throws Exception {
        server.latest.connected();
        open(width, "WarmingUp");
        assertThat(text("next")).contains("--debug-mode", "nitro-cli");
        assertThat(torn("#message, #next", "({lines}) => new Set(lines).size > 1")).isEmpty();

        server.latest.lost("cannot open /" + "a-long-path/".repeat(20));
        open(width, "NotConnected");
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 861, 1280})
    void hasRoomForTheLongestNumbers(int width) throws Exception {
        receives(1, 1);
        open(width, "Fresh");
        page.evaluate("document.getElementById('filesystem').textContent = '1023\u00a0MiB'");

        assertThat(
                        page.evaluate(
                                "[...document.querySelectorAll('.tile > *, .tile')]"
                                        + ".filter((e) => e.scrollWidth > e.clientWidth)"))
                .isEmpty();
    }

    @Test
    void showsHowAUsageMovesAndWhereTheAxisBegins() throws Exception {
        for (int i = 0; i < 40; i++) {
            receives(0.02, i < 20 ? 0.08 : 0.1);
        }
        open(1280, "Fresh");
        page.await(
                "document.querySelector('#memory-detail .u-over').clientWidth > 0"
                        + " && (%s)('#memory-detail', '--memory')[0] > 0".formatted(EXTENT));

        assertThat(extent("#chart", "--memory").get(1)).isBetween(0.08, 0.12);
        assertThat(extent("#memory-detail", "--memory").get(0)).isBetween(0.18, 0.28);
        assertThat(extent("#memory-detail", "--memory").get(1)).isBetween(0.72, 0.82);
        assertThat(text("memory-axis"))
                .isEqualTo("axis from 7\u00a0% to 11\u00a0%, not from 0\u00a0%");
        assertThat(extent("#cpu-detail", "--cpu").get(1)).isBetween(0.48, 0.58);
        assertThat(text("cpu-axis")).isEqualTo("axis from 0\u00a0% to 4\u00a0%");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 1280})
    void showsHealthAndTheApplicationsNumbersWhereThereAreSome(int width) throws Exception {
        receives(0.5, 0.3);
        open(width, "Fresh");
        assertThat(shown()).doesNotContain("Application", "Files open");

        receives(
                Frames.with(
                        Frames.frame(2, 1000),
                        Frames.full().health(),
                        null,
                        new ApplicationMetric("queue_depth", 60),
                        new ApplicationMetric("a".repeat(100), -1.7e308),
                        new ApplicationMetric("__proto__", 1234.5)));
        page.await("document.querySelector('main').innerText.includes('Application')");

        assertThat(text("application"))
                .contains("queue_depth\n60", "-1.700e+308", "__proto__\n1\u00a0234.5");
        assertThat(text("oom-kills")).isEqualTo("1\u00a0500\u00a0002");
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
    }

    @Test
    void promisesNothingWithoutJavaScript() throws Exception {
        page.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        page.show(390, 800, false);
        page.command("Page.navigate", Map.of("url", "http://127.0.0.1:" + server.port() + "/"));
        page.await("document.readyState === 'complete'");

        assertThat(shown())
                .contains("needs JavaScript")
                .doesNotContain("Connecting", "CPU", "Usage");
    }
}
