package dev.enclavemetrics.agent;

import java.util.List;

/**
 * The agent inside the confidential application's own JVM: {@code
 * -javaagent:enclave-agent.jar=key=value,…}. Whatever fails here, the application runs on, and one
 * line says why there are no metrics.
 */
public final class JavaAgent {

    /** Enough for the loop and the library; the default of 1 MiB would be counted as reserved. */
    private static final long STACK_BYTES = 256 * 1024;

    private JavaAgent() {}

    /** Called by the JVM before the application's {@code main}. */
    public static void premain(String arguments) {
        AgentLog log = new AgentLog(System.err);
        try {
            List<String> settings =
                    arguments == null || arguments.isEmpty()
                            ? List.of()
                            : List.of(arguments.split(",", -1));
            AgentConfig config = SettingsReader.read(settings, System.getenv());
            // Opening files may block, on a FUSE mount for one: never in the application's thread.
            // No lambda: an application without any would pay for the first.
            Runnable guarded =
                    new Runnable() {
                        @Override
                        public void run() {
                            start(config, log);
                        }
                    };
            Thread thread = new Thread(null, guarded, "enclave-agent", STACK_BYTES, false);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable e) { // an Error too: the application must not pay for it
            log.line("no metrics, the application runs on: " + words(e));
        }
    }

    private static void start(AgentConfig config, AgentLog log) {
        AgentLoop loop;
        try {
            loop = Agent.loop(config, log);
        } catch (Throwable e) {
            log.line("no metrics, the application runs on: " + words(e));
            return;
        }
        runGuarded(loop, log);
    }

    /** Nothing may reach the application's handler of uncaught exceptions, which may end it. */
    static void runGuarded(Runnable loop, AgentLog log) {
        try {
            loop.run();
        } catch (Throwable e) {
            log.line("no more metrics, the application runs on: " + words(e));
        }
    }

    private static String words(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
