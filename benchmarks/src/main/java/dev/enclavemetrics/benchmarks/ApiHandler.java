package dev.enclavemetrics.benchmarks;

import dev.enclavemetrics.benchmarks.SimulatedPods.Change;
import dev.enclavemetrics.benchmarks.SimulatedPods.Page;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One connection to the simulated kube-apiserver. */
@SuppressWarnings("FutureReturnValueIgnored") // the client retries a failed response
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Pattern PODS = Pattern.compile("/api/v1/(?:namespaces/([^/]+)/)?pods");
    private static final String SELECTOR = "nitro.k8s.anjuna.io/managed=yes";
    private static final long BOOKMARK_S = 60;

    private final SimulatedPods pods;
    private final PodJson json;
    private final ApiDocuments documents;

    ApiHandler(SimulatedPods pods, PodJson json, ApiDocuments documents) {
        this.pods = pods;
        this.json = json;
        this.documents = documents;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        boolean watch = query.parameters().containsKey("watch");
        Matcher ofPods = PODS.matcher(query.path());
        if (!request.method().equals(HttpMethod.GET)) {
            accept(context, request, query.path());
        } else if (ofPods.matches()) {
            String namespace = ofPods.group(1);
            Predicate<SimulatedPod> wanted =
                    namespace == null ? pod -> true : pod -> pod.namespace().equals(namespace);
            String selector = parameter(query, "labelSelector", SELECTOR);
            if (!selector.equals(SELECTOR)) {
                String rule = "the only selector here is " + SELECTOR + ", found " + selector;
                refuse(context, HttpResponseStatus.BAD_REQUEST, "BadRequest", rule);
            } else if (query.parameters().containsKey("sendInitialEvents")) {
                // As API servers without WatchList do; clients then list and watch.
                refuse(
                        context,
                        HttpResponseStatus.UNPROCESSABLE_ENTITY,
                        "Invalid",
                        "sendInitialEvents is forbidden for watch");
            } else if (watch) {
                watch(context, request, query, wanted);
            } else {
                list(context, query, wanted);
            }
        } else if (watch && ApiDocuments.watchable(query.path())) {
            WatchStream.open(context.channel(), request, number(query, "timeoutSeconds", 0));
        } else {
            answer(context, HttpResponseStatus.OK, documents.get(query.path()), query.path());
        }
    }

    private void accept(ChannelHandlerContext context, FullHttpRequest request, String path) {
        try {
            byte[] body = ByteBufUtil.getBytes(request.content());
            answer(context, HttpResponseStatus.CREATED, documents.accept(path, body), path);
        } catch (JacksonException e) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "BadRequest", "a body must be JSON");
        }
    }

    private void list(
            ChannelHandlerContext context,
            QueryStringDecoder query,
            Predicate<SimulatedPod> wanted) {
        int limit = (int) number(query, "limit", 0);
        int most = limit > 0 ? limit : Integer.MAX_VALUE;
        String next = parameter(query, "continue", "");
        Page page = next.isEmpty() ? pods.list(most, wanted) : pods.listOn(next, most);
        if (page == null) {
            String message = "the continue parameter is too old";
            refuse(context, HttpResponseStatus.GONE, "Expired", message);
            return;
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        HttpUtil.setTransferEncodingChunked(head, true);
        context.write(head);
        context.writeAndFlush(new PodList(page, json));
    }

    private void watch(
            ChannelHandlerContext context,
            FullHttpRequest request,
            QueryStringDecoder query,
            Predicate<SimulatedPod> wanted) {
        WatchStream stream =
                WatchStream.open(context.channel(), request, number(query, "timeoutSeconds", 0));
        Consumer<Change> watch =
                change -> {
                    if (wanted.test(change.pod())) {
                        stream.send(event(change));
                    }
                };
        if (!pods.watch(number(query, "resourceVersion", pods.version()), watch)) {
            stream.refuse("too old resource version");
            return;
        }
        context.channel().closeFuture().addListener(closed -> pods.unwatch(watch));
        if (parameter(query, "allowWatchBookmarks", "").equals("true")) {
            Future<?> bookmarks =
                    context.executor()
                            .scheduleAtFixedRate(
                                    () -> stream.send(bookmark()),
                                    BOOKMARK_S,
                                    BOOKMARK_S,
                                    TimeUnit.SECONDS);
            context.channel().closeFuture().addListener(closed -> bookmarks.cancel(false));
        }
    }

    private StringBuilder event(Change change) {
        StringBuilder event = new StringBuilder();
        event.append("{\"type\":\"").append(change.type()).append("\",\"object\":");
        json.write(change.pod(), event);
        return event.append('}');
    }

    private String bookmark() {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
                + "\"metadata\":{\"resourceVersion\":\""
                + pods.version()
                + "\"}}}";
    }

    private static void answer(
            ChannelHandlerContext context,
            HttpResponseStatus ok,
            Optional<JsonNode> document,
            String path) {
        document.ifPresentOrElse(
                found -> send(context, ok, found.toString()),
                () -> {
                    String message = "the simulation has nothing at " + path;
                    System.err.println("API: " + message);
                    refuse(context, HttpResponseStatus.NOT_FOUND, "NotFound", message);
                });
    }

    private static void refuse(
            ChannelHandlerContext context,
            HttpResponseStatus status,
            String reason,
            String message) {
        send(context, status, WatchStream.status(status.code(), reason, message));
    }

    private static void send(
            ChannelHandlerContext context, HttpResponseStatus status, String body) {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(context.alloc(), body));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        HttpUtil.setContentLength(answer, answer.content().readableBytes());
        context.writeAndFlush(answer);
    }

    private static String parameter(QueryStringDecoder query, String name, String absent) {
        return query.parameters().getOrDefault(name, List.of(absent)).get(0);
    }

    private static long number(QueryStringDecoder query, String name, long absent) {
        String text = parameter(query, name, "");
        return text.isEmpty() ? absent : Long.parseLong(text);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
