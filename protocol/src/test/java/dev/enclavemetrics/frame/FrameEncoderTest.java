package dev.enclavemetrics.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private static final int ENCODES = 10_000;

    private final FrameEncoder encoder = new FrameEncoder();

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
    void keepsAFieldThatIsNotSetAgain() {
        encode(random(new Random(2), 1));
        double cpuUsage = new FrameDecoder().decode(encoder.finish(), 156).cpuUsage();

        MetricsFrame next = new FrameDecoder().decode(encoder.sequence(2).finish(), 156);

        assertThat(next.sequence()).isEqualTo(2);
        assertThat(next.cpuUsage()).isEqualTo(cpuUsage);
    }

    @Test
    void clearsAFlagThatNoLongerHolds() {
        encode(random(new Random(2), 1));
        encoder.flags(true, true).finish();

        MetricsFrame frame = new FrameDecoder().decode(encoder.flags(false, true).finish(), 156);

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
            encoder.finish();
        }
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
                cpuTimeMs);
    }
}
