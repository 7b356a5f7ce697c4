package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.PrometheusText;
import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.TestClock;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsAnswersTest {

    private final TestClock clock = new TestClock();
    private final Counters counters = new Counters();
    private final LatestSnapshot latest = new LatestSnapshot();
    private final MetricsAnswers answers =
            new MetricsAnswers(latest, new PrometheusText(counters, "1.2.3"));

    @BeforeEach
    void receive() {
        latest.received(
                new ReceivedFrame(Frames.frame(1, 1000), clock.nanoTime(), clock.instant()));
    }

    private Answer metrics(Format format) {
        return answers.metrics(format, clock.nanoTime());
    }

    private String text(Format format) {
        return Objects.requireNonNull(metrics(format).body()).toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void rendersOnceAFrameAndFormat(Format format) {
        Answer first = metrics(format);

        clock.advance(Duration.ofSeconds(2));
        counters.frames.incrementAndGet();
        assertThat(metrics(format)).isSameAs(first);

        receive();
        assertThat(metrics(format)).isNotSameAs(first);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void rendersAnewOnceTheFrameIsStale(Format format) {
        String fresh = text(format);

        clock.advance(Duration.ofSeconds(3));

        assertThat(fresh).contains("0.4213");
        assertThat(text(format)).doesNotContain("0.4213");
    }

    @Test
    void rendersTheReasonOnceAsLongAsItStands() {
        clock.advance(Duration.ofSeconds(3));
        Answer first = metrics(Format.JSON);

        clock.advance(Duration.ofSeconds(3));
        assertThat(metrics(Format.JSON)).isSameAs(first);

        latest.lost("gone");
        assertThat(metrics(Format.JSON)).isNotSameAs(first);
    }

    @Test
    void countsOnEachSecondWhileThereIsNoFreshValue() {
        clock.advance(Duration.ofSeconds(3));
        assertThat(text(Format.PROMETHEUS)).contains("connect_failures_total 0.0");

        counters.connectFailures.incrementAndGet();
        clock.advance(Duration.ofMillis(999));
        assertThat(text(Format.PROMETHEUS)).contains("connect_failures_total 0.0");

        clock.advance(Duration.ofMillis(1));
        assertThat(text(Format.PROMETHEUS)).contains("connect_failures_total 1.0");
    }

    private FullHttpResponse response() {
        Answer answer = metrics(Format.JSON);
        return (FullHttpResponse) answer.response(null, true, new DateHeader(clock).value());
    }

    @Test
    void keepsABodyThatIsStillBeingSentWhenANewFrameComes() {
        FullHttpResponse sending = response();
        receive();
        metrics(Format.JSON);

        assertThat(sending.content().toString(StandardCharsets.UTF_8)).contains("0.4213");
    }

    @Test
    void sharesItsBodyAmongResponses() {
        FullHttpResponse first = response();
        FullHttpResponse second = response();
        first.content().skipBytes(1);
        first.release();

        assertThat(second.content().array()).isSameAs(first.content().array());
        assertThat(second.content().toString(StandardCharsets.UTF_8)).isEqualTo(text(Format.JSON));
    }

    @Test
    void asksToRetryAfterAnInterval() {
        latest.received(
                new ReceivedFrame(Frames.frame(1, 1500), clock.nanoTime(), clock.instant()));
        clock.advance(Duration.ofSeconds(5));

        assertThat(response().headers().get("Retry-After")).isEqualTo("2");
    }
}
