package dev.enclavemetrics.launcher.page;

import dev.enclavemetrics.bootstrap.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open status pages, up to a maximum. Each event is rendered once and sent to all of them. A
 * page that is too slow misses events and then gets the whole history again; one that reads nothing
 * for too long is closed. For the event loop's thread only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
public final class EventListeners {

    public static final int MAX_LISTENERS = 32;

    /** How often the feed is checked for something new; without a listener, never. */
    private static final long TICK_MS = 50;

    /** How long a listener may read nothing. */
    static final long STALL_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    /** How long the kernel waits for a peer that acknowledges nothing. */
    private static final int DEAD_PEER_MS = 30_000;

    /**
     * The maximum duration of a stream if the kernel cannot watch the peer (without epoll): a page
     * reconnects by itself, a dead peer does not.
     */
    static final long MAX_UNWATCHED_NS = TimeUnit.MINUTES.toNanos(5);

    private final int max;
    private final StatusFeed feed;
    private final Clock clock;
    private final Map<Channel, Listener> listeners = new HashMap<>();
    private boolean ticking;
    private boolean someBehind;

    /** One page. */
    private static final class Listener {
        private boolean behind; // missed an event
        private long tookNs; // when it last took one
        private final long joinedNs;
        private final boolean watched; // by the kernel, which ends it if the peer is dead

        Listener(long nowNs, boolean watched) {
            tookNs = nowNs;
            joinedNs = nowNs;
            this.watched = watched;
        }
    }

    /**
     * Without listeners yet.
     *
     * @param maxConnections of the server; pages get at most half of them
     */
    public EventListeners(StatusFeed feed, Clock clock, int maxConnections) {
        max = Math.min(MAX_LISTENERS, maxConnections / 2);
        this.feed = feed;
        this.clock = clock;
    }

    /** How many pages may be open at once. */
    public int max() {
        return max;
    }

    public boolean isFull() {
        return listeners.size() >= max;
    }

    /** Adds a listener, whose response head is written already, and sends it the history. */
    public void join(Channel channel, long nowNs) {
        boolean watched =
                channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, DEAD_PEER_MS);
        if (listeners.isEmpty()) {
            feed.start(nowNs);
        }
        listeners.put(channel, new Listener(nowNs, watched));
        channel.closeFuture().addListener(closed -> listeners.remove(channel));
        write(channel, buffer(feed.history(nowNs)));
        if (!ticking) {
            ticking = true;
            scheduleTick(channel);
        }
    }

    private void scheduleTick(Channel channel) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            ticking = !listeners.isEmpty();
                            if (ticking) {
                                scheduleTick(
                                        channel); // first: a tick that fails must not be the last
                                tick(clock.nanoTime());
                            }
                        },
                        TICK_MS,
                        TimeUnit.MILLISECONDS);
    }

    /** Sends what is new to all. */
    void tick(long nowNs) {
        byte[] event = feed.next(nowNs);
        if (event == null && !someBehind) {
            return;
        }
        someBehind = false;
        ByteBuf update = event == null ? null : buffer(event);
        ByteBuf history = null;
        // A copy, since a write that fails closes the channel, which changes the map.
        for (Map.Entry<Channel, Listener> entry : List.copyOf(listeners.entrySet())) {
            Channel channel = entry.getKey();
            Listener listener = entry.getValue();
            if (!listener.watched && nowNs - listener.joinedNs >= MAX_UNWATCHED_NS) {
                channel.close();
            } else if (!channel.isWritable()) {
                listener.behind |= update != null;
                someBehind |= listener.behind;
                if (nowNs - listener.tookNs >= STALL_TIMEOUT_NS) {
                    channel.close();
                }
            } else if (listener.behind) {
                listener.behind = false;
                listener.tookNs = nowNs;
                history = history == null ? buffer(feed.history(nowNs)) : history;
                write(channel, history.retainedDuplicate());
            } else {
                listener.tookNs = nowNs;
                if (update != null) {
                    write(channel, update.retainedDuplicate());
                }
            }
        }
        release(update);
        release(history);
    }

    private static void write(Channel channel, ByteBuf bytes) {
        channel.writeAndFlush(bytes, channel.voidPromise());
    }

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    private static void release(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }
}
