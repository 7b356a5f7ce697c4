package dev.enclavemetrics.launcher.serve;

import dev.enclavemetrics.launcher.render.Format;
import dev.enclavemetrics.launcher.render.JsonBody;
import dev.enclavemetrics.launcher.render.PrometheusText;
import dev.enclavemetrics.launcher.snapshot.CurrentValue;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.launcher.snapshot.Snapshot;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers of {@code /metrics} and {@code /readyz}: rendered once per frame and format, at the
 * first request. For the event loop's thread only.
 */
final class MetricsAnswers {

    private static final int MS_PER_SECOND = 1000;
    private static final long COUNTS_NS = 1_000_000_000;

    /** An answer, and what it was rendered from. */
    private record Rendered(Snapshot snapshot, CurrentValue value, long renderedNs, Answer answer) {

        @SuppressWarnings("ReferenceEquality") // each event is a new snapshot
        boolean holds(Snapshot latest, long nowNs) {
            // An absent value stays absent until the next snapshot; a fresh one becomes stale.
            return snapshot == latest
                    && (!(value instanceof CurrentValue.Fresh fresh)
                            || fresh.received().isFreshAt(nowNs));
        }
    }

    private final LatestSnapshot latest;
    private final PrometheusText text;
    private final Answer ready = Answer.ok(Format.JSON.contentType(), JsonBody.passed("ready"));
    private final Map<Format, Rendered> rendered = new EnumMap<>(Format.class);

    MetricsAnswers(LatestSnapshot latest, PrometheusText text) {
        this.latest = latest;
        this.text = text;
    }

    Answer metrics(Format format, long nowNs) {
        Snapshot snapshot = latest.get();
        Rendered last = rendered.get(format);
        if (last != null && last.holds(snapshot, nowNs) && !counts(format, last, nowNs)) {
            return last.answer();
        }
        CurrentValue value = snapshot.readAt(nowNs);
        Answer answer = render(format, snapshot, value);
        rendered.put(format, new Rendered(snapshot, value, nowNs, answer));
        return answer;
    }

    /** Without frames the launcher's own counters still change: rendered once a second. */
    private static boolean counts(Format format, Rendered last, long nowNs) {
        return format != Format.JSON
                && last.value() instanceof CurrentValue.Absent
                && nowNs - last.renderedNs() >= COUNTS_NS;
    }

    /** Without a fresh value the same as the JSON of {@code /metrics}, with the reason. */
    Answer ready(long nowNs) {
        return latest.get().readAt(nowNs) instanceof CurrentValue.Fresh
                ? ready
                : metrics(Format.JSON, nowNs);
    }

    private Answer render(Format format, Snapshot snapshot, CurrentValue value) {
        if (format != Format.JSON) {
            return Answer.ok(format.contentType(), text.render(value, format));
        }
        if (value instanceof CurrentValue.Fresh fresh) {
            return Answer.ok(format.contentType(), JsonBody.usage(fresh.received()));
        }
        return unavailable((CurrentValue.Absent) value, snapshot.last());
    }

    private static Answer unavailable(CurrentValue.Absent absent, @Nullable ReceivedFrame last) {
        int intervalMs = last == null ? MS_PER_SECOND : last.frame().intervalMs();
        int retrySeconds = (intervalMs + MS_PER_SECOND - 1) / MS_PER_SECOND;
        return Answer.error(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        absent.message(),
                        absent.reason().name())
                .with("Retry-After", Integer.toString(retrySeconds));
    }
}
