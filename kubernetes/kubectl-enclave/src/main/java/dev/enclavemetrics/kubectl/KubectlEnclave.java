package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.ServingProcess;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** The plugin's process: kubectl starts it for {@code kubectl enclave ...}. */
public final class KubectlEnclave {

    static final int OK = ServingProcess.OK;
    static final int FAILED = ServingProcess.FAILED;
    static final int BAD_ARGUMENTS = ServingProcess.BAD_SETTINGS;

    /**
     * Set by the script that starts the JVM, which can tell; the JDK's own word differs by release.
     */
    private static final String TERMINAL = "enclavemetrics.terminal";

    private KubectlEnclave() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale, as kubectl writes.
        PrintStream results = stream(FileDescriptor.out, false);
        PrintStream messages = stream(FileDescriptor.err, true);
        ProcessContext surroundings =
                new ProcessContext(
                        System.getenv(),
                        results,
                        messages,
                        Boolean.getBoolean(TERMINAL) ? new SttyTerminal() : null,
                        InstantSource.system(),
                        KubectlEnclave::sleep,
                        CurrentNamespace.OF_POD);
        int code = run(arguments, surroundings, top -> kubectl(top, surroundings));
        results.flush();
        Runtime.getRuntime().halt(code); // not exit: that is what a signal does
    }

    private static Kubectl kubectl(TopArguments top, ProcessContext surroundings) {
        if (top.watch()) {
            Thread end = new Thread(() -> Runtime.getRuntime().halt(OK), "shutdown");
            Runtime.getRuntime().addShutdownHook(end); // a watch has no other end
        }
        String program = surroundings.environment().getOrDefault("KUBECTL", "");
        return new KubectlProcess(
                program.isEmpty() ? "kubectl" : program, top.connection(), surroundings.messages());
    }

    /** Does what the arguments say, and gives the exit code. */
    static int run(
            String[] arguments,
            ProcessContext surroundings,
            Function<TopArguments, Kubectl> kubectl) {
        PrintStream messages = surroundings.messages();
        try {
            String version = ServingProcess.version(KubectlEnclave.class);
            EnclaveCommand.Typed typed = new EnclaveCommand(version).parse(arguments);
            TopArguments top = typed.top();
            if (top != null) {
                return new TopCommand(top, surroundings, kubectl.apply(top)).run();
            }
            surroundings.results().print(typed.answer());
            surroundings.results().flush();
            return OK;
        } catch (BadSettingsException e) {
            e.problems().forEach(problem -> messages.println("error: " + problem));
            messages.println("See 'kubectl enclave top --help'.");
            return BAD_ARGUMENTS;
        }
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean flush) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)),
                flush,
                StandardCharsets.UTF_8);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
