package dev.enclavemetrics.kubectl;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.bootstrap.ServingProcess;
import dev.enclavemetrics.kubectl.process.Kubectl;
import dev.enclavemetrics.kubectl.process.KubectlProcess;
import dev.enclavemetrics.kubectl.query.CurrentNamespace;
import dev.enclavemetrics.kubectl.show.Console;
import dev.enclavemetrics.kubectl.show.SttyTerminal;
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

    /** Set by the script that starts the JVM: the JDK's own answer differs between releases. */
    private static final String TERMINAL = "enclavemetrics.terminal";

    private KubectlEnclave() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale, as in kubectl.
        PrintStream results = stream(FileDescriptor.out, false);
        PrintStream messages = stream(FileDescriptor.err, true);
        ProcessContext context =
                new ProcessContext(
                        System.getenv(),
                        new Console(
                                results,
                                messages,
                                Boolean.getBoolean(TERMINAL) ? new SttyTerminal() : null,
                                InstantSource.system()),
                        KubectlEnclave::sleep,
                        CurrentNamespace.OF_POD);
        int code = run(arguments, context, top -> kubectl(top, context));
        results.flush();
        Runtime.getRuntime().halt(code); // not exit, which would run the hook for signals
    }

    private static Kubectl kubectl(TopArguments top, ProcessContext context) {
        if (top.display().watch()) {
            Thread end = new Thread(() -> Runtime.getRuntime().halt(OK), "shutdown");
            Runtime.getRuntime().addShutdownHook(end); // only a signal ends a watch
        }
        String program = context.variables().getOrDefault("KUBECTL", "");
        return new KubectlProcess(
                program.isEmpty() ? "kubectl" : program,
                top.connection(),
                context.console().messages());
    }

    /**
     * Runs the command that the arguments name.
     *
     * @return the exit code
     */
    static int run(
            String[] arguments, ProcessContext context, Function<TopArguments, Kubectl> kubectl) {
        PrintStream messages = context.console().messages();
        try {
            String version = ServingProcess.version(KubectlEnclave.class);
            EnclaveCommand.Typed typed = new EnclaveCommand(version).parse(arguments);
            TopArguments top = typed.top();
            if (top != null) {
                return new TopCommand(top, context, kubectl.apply(top)).run();
            }
            context.console().results().print(typed.answer());
            context.console().results().flush();
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
