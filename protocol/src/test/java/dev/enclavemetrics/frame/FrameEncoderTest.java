package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private static final int ENCODES = 10_000;

    private static final byte[] DEPTH = "queue_depth".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RATE = "requests_per_second".getBytes(StandardCharsets.US_ASCII);

    private final FrameEncoder encoder =
            new FrameEncoder(
                    ApplicationMetric.bytes(DEPTH.length) + ApplicationMetric.bytes(RATE.length));

    @Test
    void decoderReadsWhatTheEncoderWrites() {
        Random random = new Random(1);
        FrameDecoder decoder = new FrameDecoder();

        for (int sequence = 1; sequence <= 1000; sequence++) {
            MetricsFrame frame = random(random, sequence);
            byte[] bytes = encode(frame);
            assertThat(decoder.decode(bytes, bytes.length)).isEqualTo(frame);
        }
    }

    @Test
    void keepsItsLengthWhicheverApplicationMetricsArePresent() {
        encode(random(new Random(2), 1));
        int length =
                encoder.clearApplication()
                        .application(DEPTH, 7)
                        .application(RATE, 8)
                        .finish()
                        .length;
        byte[] bytes = encoder.clearApplication().application(RATE, 9).finish();

        assertThat(bytes).hasSize(length);
        assertThat(new FrameDecoder().decode(bytes, length).application())
                .containsExactly(new ApplicationMetric("requests_per_second", 9));
        assertThat(encoder.clearApplication().finish()).hasSize(length);
        assertThat(new FrameDecoder().decode(bytes, length).application()).isEmpty();
    }

    @Test
    void keepsAFieldThatIsNotSetAgain() {
        encode(random(new Random(2), 1));
        double cpuUsage = new FrameDecoder().decode(encoder.finish(), bytes()).cpuUsage();

        MetricsFrame next = new FrameDecoder().decode(encoder.sequence(2).finish(), bytes());

        assertThat(next.sequence()).isEqualTo(2);
        assertThat(next.cpuUsage()).isEqualTo(cpuUsage);
    }

    @Test
    void clearsAFlagThatNoLongerHolds() {
        encode(random(new Random(2), 1));
        encoder.flags(true, true).finish();

        MetricsFrame frame =
                new FrameDecoder().decode(encoder.flags(false, true).finish(), bytes());

        assertThat(frame.inMemoryRoot()).isFalse();
        assertThat(frame.coarseResolution()).isTrue();
    }

    @Test
    void encodingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported())
                .as("the JVM counts allocated bytes")
                .isTrue();
        long thread = Thread.currentThread().getId();
        encodeMany();

        long before = threads.getThreadAllocatedBytes(thread);
        long idleBytes = threads.getThreadAllocatedBytes(thread) - before;
        before = threads.getThreadAllocatedBytes(thread);
        encodeMany();
        long bytes = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(bytes - idleBytes).isZero();
    }

    private void encodeMany() {
        for (int sequence = 1; sequence <= ENCODES; sequence++) {
            encoder.sequence(sequence)
                    .uptimeNs(sequence * 1_000_000_000L)
                    .intervalMs(1000)
                    .windowMs(15_000)
                    .cpuUsage(1.0 / sequence)
                    .memoryUsage(0.5)
                    .busiestCoreUsage(1.0)
                    .coresOnline(2)
                    .flags(true, (sequence & 1) == 0)
                    .memoryTotalBytes(1L << 31)
                    .memoryAvailableBytes(1L << 30)
                    .filesystemBytes(sequence);
            for (int mode = 0; mode < CpuMode.COUNT; mode++) {
                encoder.cpuTimeMs(mode, sequence);
            }
            for (int field = 0; field < HealthField.COUNT; field++) {
                encoder.health(field, sequence);
            }
            encoder.clearApplication().application(DEPTH, sequence).application(RATE, 0.5);
            encoder.finish();
        }
    }

    private int bytes() {
        return encoder.finish().length;
    }

    private byte[] encode(MetricsFrame frame) {
        encoder.sequence(frame.sequence())
                .uptimeNs(frame.uptimeNs())
                .intervalMs(frame.intervalMs())
                .windowMs(frame.windowMs())
                .cpuUsage(frame.cpuUsage())
                .memoryUsage(frame.memoryUsage())
                .busiestCoreUsage(frame.busiestCoreUsage())
                .coresOnline(frame.coresOnline())
                .flags(frame.inMemoryRoot(), frame.coarseResolution())
                .memoryTotalBytes(frame.memoryTotalBytes())
                .memoryAvailableBytes(frame.memoryAvailableBytes())
                .filesystemBytes(frame.filesystemBytes());
        for (int mode = 0; mode < CpuMode.COUNT; mode++) {
            encoder.cpuTimeMs(mode, frame.cpuTimeMs().get(mode));
        }
        for (HealthField field : HealthField.ALL) {
            encoder.health(field.index(), frame.health().getOrDefault(field, HealthField.UNKNOWN));
        }
        Ending ending = frame.ending();
        if (ending != null) {
            encoder.ending(ending);
        }
        encoder.clearApplication();
        for (ApplicationMetric metric : frame.application()) {
            encoder.application(metric.name().getBytes(StandardCharsets.US_ASCII), metric.value());
        }
        return encoder.finish();
    }

    private static MetricsFrame random(Random random, long sequence) {
        long totalBytes = 1 + (random.nextLong() >>> 2);
        List<Long> cpuTimeMs =
                LongStream.generate(() -> random.nextLong() >>> 1)
                        .limit(CpuMode.COUNT)
                        .boxed()
                        .toList();
        return new MetricsFrame(
                sequence,
                random.nextLong() >>> 1,
                1 + random.nextInt(60_000),
                1 + random.nextInt(600_000),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                1 + random.nextInt(65_536),
                random.nextBoolean(),
                random.nextBoolean(),
                totalBytes,
                (long) (random.nextDouble() * totalBytes),
                (long) (random.nextDouble() * totalBytes),
                cpuTimeMs,
                health(random),
                sequence < 1000 ? null : new Ending(Ending.Kind.EXITED, random.nextInt(256)),
                random.nextBoolean()
                        ? List.of()
                        : List.of(
                                new ApplicationMetric("queue_depth", random.nextGaussian()),
                                new ApplicationMetric("requests_per_second", -1e300)));
    }

    private static Map<HealthField, Long> health(Random random) {
        Map<HealthField, Long> health = new EnumMap<>(HealthField.class);
        for (HealthField field : HealthField.ALL) {
            if (random.nextBoolean()) {
                health.put(field, random.nextLong() >>> 1);
            }
        }
        return health;
    }
}
