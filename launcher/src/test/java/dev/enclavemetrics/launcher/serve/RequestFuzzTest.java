package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.snapshot.Counters;
import dev.enclavemetrics.launcher.snapshot.LatestSnapshot;
import dev.enclavemetrics.testing.Corpus;
import dev.enclavemetrics.testing.LogLines;
import dev.enclavemetrics.testing.TestClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Any bytes that a client sends to the launcher, in two reads. */
class RequestFuzzTest {

    private static final String STATUS_LINE = "HTTP/1.1 ";

    @TestFactory
    Stream<DynamicTest> corpus() {
        return Corpus.tests(RequestFuzzTest.class, RequestFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Counters counters = new Counters();
        TestClock clock = new TestClock();
        HttpSettings settings =
                new HttpSettings(new InetSocketAddress(0), 2, Duration.ofSeconds(60));
        HttpServer.Content content =
                new HttpServer.Content(new LatestSnapshot(), counters, "nitro", "1.2.3");
        EmbeddedDuplexChannel channel =
                new EmbeddedDuplexChannel(
                        new Pipeline(
                                new OpenConnections(settings, counters, new LogLines().log()),
                                Routes.of(content, 2, clock),
                                counters,
                                clock));
        int cut = input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % input.length;
        channel.writeInbound(Unpooled.copiedBuffer(input, 0, cut));
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(input, cut, input.length - cut));
        }
        channel.checkException();
        ByteBuf answer = channel.readOutbound();
        if (answer != null) {
            assertThat(answer.toString(StandardCharsets.ISO_8859_1)).startsWith(STATUS_LINE);
            answer.release();
        }
        channel.finishAndReleaseAll();
    }
}
