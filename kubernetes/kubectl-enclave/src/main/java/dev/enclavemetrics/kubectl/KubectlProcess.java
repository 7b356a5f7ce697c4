package dev.enclavemetrics.kubectl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** kubectl as a child process, once a request. */
final class KubectlProcess implements Kubectl {

    /** Several times what 20,000 pods take. */
    private static final int MAX_BYTES = 32 << 20;

    private static final byte[] QUESTION = "Please enter ".getBytes(StandardCharsets.UTF_8);

    /** For what a login plugin may leave behind, which would hold the pipe of messages open. */
    private static final long MAX_WAIT_MS = 2_000;

    private static final int BY_SIGINT = 130;
    private static final int BY_SIGTERM = 143;

    private final String program;
    private final List<String> flags;
    private final PrintStream messages;

    /**
     * @param program its name or path
     * @param flags how to reach the cluster, as they were typed
     * @param messages where goes what it and its plugins say beside failures
     */
    KubectlProcess(String program, List<String> flags, PrintStream messages) {
        this.program = program;
        this.flags = List.copyOf(flags);
        this.messages = messages;
    }

    @Override
    public byte[] run(String... arguments) throws KubectlException {
        Process process = start(arguments);
        KubectlMessages said = new KubectlMessages(messages);
        Thread reader = new Thread(() -> said.read(process.getErrorStream()), "kubectl-messages");
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
                throw failed(said.failure(), code);
            }
            return answer;
        } catch (IOException e) {
            throw new KubectlException("kubectl cannot be read from: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new KubectlException("kubectl was waited for in vain: " + e);
        } finally {
            process.destroy();
        }
    }

    /** Without credentials kubectl asks for a name, where nobody sees it. */
    private static byte[] answer(InputStream output) throws IOException, KubectlException {
        byte[] begun = output.readNBytes(QUESTION.length);
        if (Arrays.equals(begun, QUESTION)) {
            throw new KubectlException(
                    "kubectl must have credentials, found none for this cluster and user: it asks"
                            + " for a name; correct the kubeconfig, or name a --context or --user");
        }
        return new SequenceInputStream(new ByteArrayInputStream(begun), output)
                .readNBytes(MAX_BYTES + 1);
    }

    private Process start(String... arguments) throws KubectlException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        command.addAll(flags);
        try {
            // The terminal stays kubectl's own: a plugin of it may ask for a password.
            return new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new KubectlException(
                    "kubectl must be on the PATH, or KUBECTL name it, found "
                            + program
                            + ": "
                            + e.getMessage());
        }
    }

    private static KubectlException failed(String words, int code) {
        if (code == BY_SIGINT || code == BY_SIGTERM) {
            return KubectlException.interrupted();
        }
        return words.isBlank()
                ? new KubectlException("kubectl failed with exit code " + code + ", see above")
                : KubectlException.said(words);
    }
}
