package dev.enclavemetrics.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {

    private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

    private final RequestDecoder decoder = new RequestDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    private HttpRequest request(String text) {
        channel.writeInbound(bytes(text));
        HttpRequest request = channel.readInbound();
        assertThat(channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        return request;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void knowsWhetherItHoldsAPartOfARequest() {
        assertThat(decoder.isBetweenRequests()).isTrue();
        for (int cut = 1; cut < GET.length(); cut++) {
            channel.writeInbound(bytes(GET.substring(0, cut)));
            assertThat(decoder.isBetweenRequests()).as("after %s bytes", cut).isFalse();

            request(GET.substring(cut));
            assertThat(decoder.isBetweenRequests()).isTrue();
        }
        request(GET + GET.substring(0, 1));
        assertThat(decoder.isBetweenRequests()).isFalse();
    }

    @Test
    void holdsARequestUntilTheEndOfItsBody() {
        channel.writeInbound(bytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"));
        assertThat(decoder.isBetweenRequests()).isFalse();
        channel.writeInbound(bytes("a"));
        assertThat(decoder.isBetweenRequests()).isFalse();
        channel.writeInbound(bytes("b"));
        assertThat(decoder.isBetweenRequests()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void readsABodyThatLooksLikeARequestAsABody() {
        request(GET);
        channel.writeInbound(
                bytes(
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                + GET.length()
                                + "\r\n\r\n"));
        assertThat(channel.<HttpRequest>readInbound().method().name()).isEqualTo("POST");

        channel.writeInbound(bytes(GET));

        HttpContent body = channel.readInbound();
        assertThat(body.content().toString(StandardCharsets.ISO_8859_1)).isEqualTo(GET);
        body.release();
    }

    @Test
    void readsWhatLooksLikeARequestAsTheRestOfOne() {
        request(GET);
        channel.writeInbound(bytes("GET /metrics HTTP/1.1\r\nHost: x\r\nX: y\r\n"));

        channel.writeInbound(bytes(GET));

        // "GET /metrics HTTP/1.1" is not a header.
        HttpRequest whole = channel.readInbound();
        assertThat(whole.decoderResult().isFailure()).isTrue();
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void decodesAsNettyDoesWhateverTheReadsAre() {
        Random random = new Random(20261124);
        String[] requests = {
            GET,
            GET,
            GET.replace("/metrics", "/livez"),
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + GET.length() + "\r\n\r\n" + GET,
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "\r\n" + GET,
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(2000) + "\r\n\r\n",
            "nonsense\r\n\r\n",
        };
        for (int round = 0; round < 2_000; round++) {
            List<String> reads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                // Seldom the malformed request, since it ends the connection.
                String text = requests[random.nextInt(requests.length - (round % 20 == 0 ? 0 : 1))];
                int cut = random.nextInt(3) == 0 ? random.nextInt(text.length()) : 0;
                if (cut > 0) {
                    reads.add(text.substring(0, cut));
                }
                reads.add(text.substring(cut));
            }
            assertThat(decoded(new RequestDecoder(), reads))
                    .as("round %s", round)
                    .isEqualTo(decoded(new HttpRequestDecoder(), reads));
        }
    }

    private static String decoded(HttpRequestDecoder decoder, List<String> reads) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        reads.forEach(read -> channel.writeInbound(bytes(read)));
        StringBuilder all = new StringBuilder();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof HttpRequest request) {
                all.append(request.decoderResult().isSuccess() ? request : "a bad request");
            }
            if (next instanceof HttpContent content) {
                all.append(content.content().toString(StandardCharsets.ISO_8859_1));
                all.append(content instanceof LastHttpContent ? "\nend\n" : "");
            }
            ReferenceCountUtil.release(next);
        }
        channel.finishAndReleaseAll();
        return all.toString();
    }
}
