package dev.enclavemetrics.metricsserver.scrape;

import dev.enclavemetrics.bootstrap.Clock;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the parts of a launcher's response, which may be anything, into a result. */
final class ScrapeAnswer {

    static final int MAX_BODY_BYTES = 64 * 1024;

    static final ScrapeResult BROKEN =
            ScrapeResult.failure("BadAnswer", "the response must be complete HTTP/1.1");

    private final Clock clock;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    /** 0 before the final response has begun. */
    private int status;

    ScrapeAnswer(Clock clock) {
        this.clock = clock;
    }

    boolean hasBegun() {
        return status > 0;
    }

    /** Takes the next part; returns the result once there is one. */
    @Nullable ScrapeResult take(HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            return BROKEN;
        }
        if (part instanceof HttpResponse response) {
            ScrapeResult refusal = begin(response);
            if (refusal != null) {
                return refusal;
            }
        }
        return part instanceof HttpContent content && hasBegun() ? take(content) : null;
    }

    private @Nullable ScrapeResult begin(HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return null; // the final response follows
        }
        status = response.status().code();
        if (status != HttpResponseStatus.OK.code()) {
            return null;
        }
        String type = String.valueOf(response.headers().get(HttpHeaderNames.CONTENT_TYPE));
        if (!type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
            return ScrapeResult.failure(
                    "BadContentType", "the Content-Type must be application/json");
        }
        return response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)
                ? ScrapeResult.failure(
                        "BadContentType", "the response must have no Content-Encoding")
                : null;
    }

    private @Nullable ScrapeResult take(HttpContent content) throws IOException {
        int bytes = content.content().readableBytes();
        if (body.size() + bytes > MAX_BODY_BYTES) {
            return ScrapeResult.failure("BodyTooLarge", "the body must have at most 65536 bytes");
        }
        content.content().readBytes(body, bytes);
        if (!(content instanceof LastHttpContent)) {
            return null;
        }
        return status == HttpResponseStatus.OK.code()
                ? LauncherJson.usage(body.toByteArray(), clock.instant())
                : ScrapeResult.status(status, LauncherError.of(body.toByteArray()));
    }
}
