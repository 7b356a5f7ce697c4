package dev.enclavemetrics.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One connection to a simulated launcher, which answers any request according to its kind. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write has no waiting client
final class LauncherHandler extends ChannelInboundHandlerAdapter {

    private static final long SLOW_MS = 1000;
    private static final long BYTE_MS = 200;
    private static final int HEADERS = 100_000;
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CLOSE = "\r\nconnection: close\r\n";
    private static final String OPENMETRICS = "application/openmetrics-text";
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final ByteBuf BLANKS = chunk(" ");
    private static final String HEADER = "x-more: 1234567\r\n";
    private static final ByteBuf HEADER_LINES = chunk(HEADER);

    private final int slot;
    private final LauncherKind kind;
    private final LauncherAnswers answers;
    private final ScrapeJournal journal;
    private final Set<Integer> dead;

    private final StringBuilder request = new StringBuilder();
    private int endMatched;

    /** Whether the client sends no more requests on this connection. */
    private boolean last;

    /** Whether the client accepts OpenMetrics, as Prometheus does. */
    private boolean openMetrics;

    private ByteBuf flood = Unpooled.EMPTY_BUFFER;
    private long floodBytes;

    /**
     * @param dead slots whose launchers close every connection
     */
    LauncherHandler(int slot, LauncherAnswers answers, ScrapeJournal journal, Set<Integer> dead) {
        this.slot = slot;
        kind = slot < 0 ? LauncherKind.WELL : LauncherKind.of(slot);
        this.answers = answers;
        this.journal = journal;
        this.dead = dead;
    }

    private static ByteBuf chunk(String repeated) {
        String text = repeated.repeat(CHUNK_BYTES / repeated.length());
        return Unpooled.unreleasableBuffer(
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII).asReadOnly());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (bytes.isReadable()) {
            byte next = bytes.readByte();
            request.append((char) Character.toLowerCase(next));
            endMatched = next == END[endMatched] ? endMatched + 1 : next == END[0] ? 1 : 0;
            if (endMatched == END.length) {
                endMatched = 0;
                last = request.indexOf(CLOSE) > 0;
                openMetrics = request.indexOf(OPENMETRICS) > 0;
                request.setLength(0);
                answer(context);
            }
        }
        bytes.release();
    }

    private void answer(ChannelHandlerContext context) {
        switch (dead.contains(slot) ? LauncherKind.CLOSING : kind) {
            case WELL -> answerWell(context);
            case SLOW -> later(context, SLOW_MS, () -> answerWell(context));
            case SILENT -> {}
            case CLOSING -> context.close();
            case SLOW_BYTES -> trickle(context, answers.hostile(kind), 0);
            case TEN_MEGABYTES -> flood(context, BLANKS, TEN_MEGABYTES);
            case ENDLESS -> flood(context, BLANKS, Long.MAX_VALUE);
            case MANY_HEADERS -> flood(context, HEADER_LINES, (long) HEADERS * HEADER.length());
            default -> context.writeAndFlush(Unpooled.wrappedBuffer(answers.hostile(kind)));
        }
    }

    private void answerWell(ChannelHandlerContext context) {
        long nowNs = System.nanoTime();
        if (slot >= 0) {
            journal.scraped(slot, nowNs);
        }
        ChannelFuture written =
                context.writeAndFlush(
                        answers.healthy(Math.max(0, slot), openMetrics, nowNs, context.alloc()));
        if (last) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void later(ChannelHandlerContext context, long ms, Runnable task) {
        context.executor()
                .schedule(
                        () -> {
                            if (context.channel().isActive()) {
                                task.run();
                            }
                        },
                        ms,
                        TimeUnit.MILLISECONDS);
    }

    private static void trickle(ChannelHandlerContext context, byte[] answer, int at) {
        context.writeAndFlush(Unpooled.wrappedBuffer(answer, at, 1));
        if (at + 1 < answer.length) {
            later(context, BYTE_MS, () -> trickle(context, answer, at + 1));
        }
    }

    private void flood(ChannelHandlerContext context, ByteBuf chunk, long bytes) {
        context.write(Unpooled.wrappedBuffer(answers.hostile(kind)));
        flood = chunk;
        floodBytes = bytes;
        goOn(context);
    }

    private void goOn(ChannelHandlerContext context) {
        while (floodBytes > 0 && context.channel().isWritable()) {
            int length = (int) Math.min(floodBytes, flood.readableBytes());
            floodBytes -= length;
            context.write(flood.duplicate().writerIndex(length));
        }
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            // Not during a flush: with a peer that reads fast this would recurse.
            context.executor().execute(() -> goOn(context));
        }
    }

    /** Closes the connection: clients that are flooded disconnect. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
