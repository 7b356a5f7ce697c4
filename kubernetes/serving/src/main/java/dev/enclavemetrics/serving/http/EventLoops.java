package dev.enclavemetrics.serving.http;

import dev.enclavemetrics.bootstrap.FailFast;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The event loops of this process: two, which serve and talk to the cluster. */
public final class EventLoops {

    private static final int LOOPS = 2;
    private static final int WORKERS = 2;

    // Their own logs are off: what matters to an operator is logged here, once.
    private static final Logger NETTY = Logger.getLogger("io.netty");
    private static final Logger VERTX = Logger.getLogger("io.vertx");

    static {
        // Vert.x would parse /etc/resolv.conf itself, and supports less of it than the JDK.
        System.setProperty("vertx.disableDnsResolver", "true");
        System.setProperty(
                "vertx.logger-delegate-factory-class-name",
                "io.vertx.core.logging.JULLogDelegateFactory");
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        NETTY.setLevel(Level.OFF);
        VERTX.setLevel(Level.OFF);
    }

    private EventLoops() {}

    /**
     * A Vert.x that is small and quiet.
     *
     * @param log gets what handlers and timers throw, which Vert.x would only write to its own log
     */
    public static Vertx start(Log log) {
        Vertx vertx =
                Vertx.builder()
                        .withTransport(new AcceptingTransport())
                        .with(
                                new VertxOptions()
                                        .setEventLoopPoolSize(LOOPS)
                                        .setWorkerPoolSize(WORKERS)
                                        .setInternalBlockingPoolSize(WORKERS)
                                        .setFileSystemOptions( // a read-only root filesystem is
                                                // usual
                                                new FileSystemOptions()
                                                        .setFileCachingEnabled(false)
                                                        .setClassPathResolvingEnabled(false)))
                        .build();
        ProblemLog unexpected = ProblemLog.errors(log);
        vertx.exceptionHandler(
                failure -> unexpected.failed("unexpected error on an event loop: " + failure));
        VertxInternal internal = (VertxInternal) vertx;
        FailFast.loops("an event loop", internal.nettyEventLoopGroup());
        FailFast.loops("the event loop that accepts", internal.acceptorEventLoopGroup());
        return vertx;
    }
}
