package dev.enclavemetrics.agent;

import dev.enclavemetrics.agent.log.AgentLog;
import dev.enclavemetrics.agent.serve.Pause;
import dev.enclavemetrics.agent.settings.AgentConfig;
import dev.enclavemetrics.agent.settings.SettingsReader;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent inside the confidential application's own JVM: {@code
 * -javaagent:enclave-agent.jar=key=value,…}. Whatever fails here, the application keeps running,
 * and one line says why there are no metrics.
 */
public final class JavaAgent {

    private static final long LOG_RETRY_NS = 1_000_000_000;

    private JavaAgent() {}

    /** Called by the JVM before the application's {@code main}. */
    public static void premain(String arguments) {
        AgentLog log = new AgentLog(System.err);
        try {
            List<String> settings =
                    arguments == null || arguments.isEmpty() ? List.of() : settings(arguments);
            AgentConfig config = SettingsReader.read(settings, System.getenv(), log);
            // Opening files may block, for example on a FUSE mount: never in the application's
            // thread.
            // Not a lambda: in an application without lambdas the first one is expensive.
            Runnable guarded =
                    new Runnable() {
                        @Override
                        public void run() {
                            start(config, log);
                        }
                    };
            Thread thread =
                    new Thread(systemGroup(), guarded, "enclave-agent", Agent.STACK_BYTES, false);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable e) { // an Error too: the application keeps running
            log.failure("no metrics, the application keeps running", e);
        }
    }

    /** Splits at commas, but not within the braces of a metric's labels. */
    static List<String> settings(String arguments) {
        List<String> settings = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < arguments.length(); i++) {
            switch (arguments.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case ',' -> {
                    if (depth <= 0) {
                        settings.add(arguments.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        settings.add(arguments.substring(start));
        return settings;
    }

    /** Not the application's group: it may interrupt the whole group. */
    private static ThreadGroup systemGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent; (parent = group.getParent()) != null; ) {
            group = parent;
        }
        return group;
    }

    private static void start(AgentConfig config, AgentLog log) {
        AgentLoop loop;
        try {
            loop = Agent.loop(config, log, true);
        } catch (Throwable e) {
            log.failure("no metrics, the application keeps running", e);
            return;
        }
        runGuarded(loop, log);
    }

    /**
     * Lets no failure reach the application's uncaught exception handler, which may end the
     * application. A loop that ends must close its socket; otherwise launchers would stay connected
     * without receiving frames.
     */
    static <T extends Runnable & Closeable> void runGuarded(T loop, AgentLog log) {
        String consequence = "no more metrics, the application keeps running";
        Throwable failure = failureOf(loop);
        try {
            loop.close();
        } catch (Throwable e) {
            failure = failure == null ? e : failure;
        }
        while (failure != null && !log.failure(consequence, failure)) {
            Pause.ns(LOG_RETRY_NS);
        }
    }

    private static @Nullable Throwable failureOf(Runnable loop) {
        try {
            loop.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
