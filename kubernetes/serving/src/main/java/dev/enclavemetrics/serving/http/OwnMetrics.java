package dev.enclavemetrics.serving.http;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the registry as Prometheus' text or as OpenMetrics, as the client prefers. */
public final class OwnMetrics {

    private static final int OK = 200;

    private final ExpositionFormats formats = ExpositionFormats.init();
    private final PrometheusRegistry registry;

    public OwnMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /**
     * All metrics as they are now.
     *
     * @param accept the header, if there is one
     */
    public Answer answer(@Nullable String accept) {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all bytes", e);
        }
        return new Answer(OK, writer.getContentType(), Buffer.buffer(text.toByteArray()), Map.of());
    }
}
