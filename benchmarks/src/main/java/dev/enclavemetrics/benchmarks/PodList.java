package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPods.Page;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedInput;

/** Sends a page of pods in chunks: a list of 20,000 pods has 230 MB. */
final class PodList implements ChunkedInput<HttpContent> {

    private static final int PODS_A_CHUNK = 20;

    private final Page page;
    private final PodJson json;
    private int at;
    private boolean written;
    private boolean ended;

    PodList(Page page, PodJson json) {
        this.page = page;
        this.json = json;
    }

    @Override
    public HttpContent readChunk(ByteBufAllocator buffers) {
        if (written) {
            ended = true;
            return LastHttpContent.EMPTY_LAST_CONTENT;
        }
        StringBuilder out = new StringBuilder();
        if (at == 0) {
            head(out);
        }
        int to = Math.min(at + PODS_A_CHUNK, page.pods().size());
        for (; at < to; at++) {
            out.append(at > 0 ? "," : "");
            json.write(page.pods().get(at), out);
        }
        if (at == page.pods().size()) {
            out.append("]}\n");
            written = true;
        }
        return new DefaultHttpContent(ByteBufUtil.writeUtf8(buffers, out));
    }

    private void head(StringBuilder out) {
        out.append("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{");
        out.append("\"resourceVersion\":\"").append(page.resourceVersion()).append('"');
        if (!page.next().isEmpty()) {
            out.append(",\"continue\":\"").append(page.next());
            out.append("\",\"remainingItemCount\":").append(page.remaining());
        }
        out.append("},\"items\":[");
    }

    @Override
    @Deprecated
    public HttpContent readChunk(ChannelHandlerContext context) {
        throw new UnsupportedOperationException("Netty asks by allocator");
    }

    @Override
    public boolean isEndOfInput() {
        return ended;
    }

    @Override
    public void close() {}

    @Override
    public long length() {
        return -1;
    }

    @Override
    public long progress() {
        return at;
    }
}
