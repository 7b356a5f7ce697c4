package dev.enclavemetrics.kubectl.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs kubectl as a child process, one per request. */
public final class KubectlProcess implements Kubectl {

    /** Several times the size needed for 20,000 pods. */
    private static final int MAX_BYTES = 32 << 20;

    private static final byte[] QUESTION = "Please enter ".getBytes(StandardCharsets.UTF_8);

    /** A process that a login plugin leaves behind may keep the pipe of messages open. */
    private static final long MAX_WAIT_MS = 2_000;

    private static final int BY_SIGINT = 130;
    private static final int BY_SIGTERM = 143;

    private final String program;
    private final List<String> flags;
    private final PrintStream messages;

    /**
     * Prepares requests.
     *
     * @param program kubectl's name or path
     * @param flags for the connection to the cluster, as they were typed
     * @param messages receives what kubectl and its plugins print, except failures
     */
    public KubectlProcess(String program, List<String> flags, PrintStream messages) {
        this.program = program;
        this.flags = List.copyOf(flags);
        this.messages = messages;
    }

    @Override
    public byte[] run(String... arguments) throws KubectlException {
        Process process = start(arguments);
        KubectlMessages errors = new KubectlMessages(messages);
        Thread reader = new Thread(() -> errors.read(process.getErrorStream()), "kubectl-messages");
        reader.setDaemon(true);
        reader.start();
        try (InputStream output = process.getInputStream()) {
            byte[] answer = answer(output);
            if (answer.length > MAX_BYTES) {
                throw new KubectlException(
                        "an answer must have at most "
                                + (MAX_BYTES >> 20)
                                + " MiB, found more for: kubectl "
                                + String.join(" ", arguments)
                                + "; name a namespace with -n, or fewer pods with -l");
            }
            int code = process.waitFor();
            reader.join(MAX_WAIT_MS);
            if (code != 0) {
                throw failed(errors.failure(), code);
            }
            return answer;
        } catch (IOException e) {
            throw new KubectlException("the output of kubectl cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new KubectlException("interrupted while waiting for kubectl: " + e);
        } finally {
            process.destroy();
        }
    }

    /** Without credentials kubectl prompts for a user name, and the prompt would not be shown. */
    private static byte[] answer(InputStream output) throws IOException, KubectlException {
        byte[] begun = output.readNBytes(QUESTION.length);
        if (Arrays.equals(begun, QUESTION)) {
            throw new KubectlException(
                    "kubectl must have credentials, found none for this cluster and user: it asks"
                        + " for a user name; correct the kubeconfig, or set --context or --user");
        }
        return new SequenceInputStream(new ByteArrayInputStream(begun), output)
                .readNBytes(MAX_BYTES + 1);
    }

    private Process start(String... arguments) throws KubectlException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        command.addAll(flags);
        try {
            // kubectl keeps the terminal: one of its plugins may ask for a password.
            return new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new KubectlException(
                    "kubectl must be on the PATH or be set with KUBECTL, found "
                            + program
                            + ": "
                            + e.getMessage());
        }
    }

    private static KubectlException failed(String failure, int code) {
        if (code == BY_SIGINT || code == BY_SIGTERM) {
            return KubectlException.interrupted();
        }
        return failure.isBlank()
                ? new KubectlException("kubectl failed with exit code " + code + ", see above")
                : KubectlException.ofOutput(failure);
    }
}
