package dev.enclavemetrics.agent.application;

import dev.enclavemetrics.agent.log.CapturedLog;
import dev.enclavemetrics.agent.round.SignificantDigits;
import dev.enclavemetrics.frame.ApplicationMetric;
import dev.enclavemetrics.frame.FrameDecoder;
import dev.enclavemetrics.frame.FrameEncoder;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A reader composed as in the agent. Its interval of a minute lets a busy machine respond in time;
 * its window has 15 intervals, and its values 4 digits.
 */
final class TestReader {

    private static final int INTERVAL_MS = 60_000;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final CapturedLog log = new CapturedLog();
    private final ApplicationReader reader;

    TestReader(String address, String metrics) {
        reader = of(address, metrics, INTERVAL_MS, log, nowNs::get);
    }

    List<String> log() {
        return log.lines();
    }

    /** Returns the metrics of a reading one minute after the previous one. */
    Map<String, Double> next() {
        nowNs.addAndGet(INTERVAL_MS * 1_000_000L);
        reader.read();
        Map<String, Double> values = new TreeMap<>();
        for (ApplicationMetric metric : metrics(reader, nowNs.get())) {
            values.put(metric.name(), metric.value());
        }
        return values;
    }

    static ApplicationReader of(
            String address,
            String metrics,
            int intervalMs,
            CapturedLog log,
            LongSupplier nanoTime) {
        List<String> problems = new ArrayList<>();
        List<Selector> selectors = SelectorParser.parse(metrics, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        ApplicationConfig config = new ApplicationConfig(SourceAddress.parse(address), selectors);
        SignificantDigits digits = new SignificantDigits(4);
        try {
            Transport transport = Transport.load();
            return new ApplicationReader(
                    config, intervalMs, 15, digits, transport, log.log, nanoTime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the metrics that the reader adds to a frame. */
    static List<ApplicationMetric> metrics(ApplicationReader reader, long nowNs) {
        FrameEncoder encoder =
                new FrameEncoder(ApplicationMetric.MAX_BYTES)
                        .sequence(1)
                        .intervalMs(1000)
                        .windowMs(1000)
                        .coresOnline(1)
                        .memoryTotalBytes(1);
        reader.addTo(encoder, nowNs);
        byte[] bytes = encoder.finish();
        return new FrameDecoder().decode(bytes, bytes.length).application();
    }
}
