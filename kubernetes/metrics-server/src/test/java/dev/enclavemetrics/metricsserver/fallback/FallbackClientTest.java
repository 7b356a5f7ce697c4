package dev.enclavemetrics.metricsserver.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.serving.http.EventLoops;
import dev.enclavemetrics.testing.LogLines;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.FutureInternal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FallbackClientTest {

    private static final FallbackAddress SERVER =
            new FallbackAddress("localhost", 443, null, true, null);

    /** What has no context completes at a timeout on a thread of its own. */
    @Test
    void answersOnItsEventLoopThoughTheTokenDoesNot() {
        Vertx vertx = EventLoops.start(new LogLines().log());
        try {
            Context loop = vertx.getOrCreateContext();
            Promise<Context> found = Promise.promise();
            loop.runOnContext(
                    now -> {
                        Future<String> token = Promise.<String>promise().future();
                        FallbackClient client = new FallbackClient(vertx, SERVER, () -> token);
                        found.complete(((FutureInternal<?>) client.get("/")).context());
                    });

            assertThat(found.future().await()).isSameAs(loop);
        } finally {
            vertx.close().await();
        }
    }
}
