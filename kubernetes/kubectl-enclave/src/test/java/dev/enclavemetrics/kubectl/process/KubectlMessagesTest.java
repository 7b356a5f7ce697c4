package dev.enclavemetrics.kubectl.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class KubectlMessagesTest {

    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final KubectlMessages messages =
            new KubectlMessages(new PrintStream(passed, false, UTF_8));

    private void read(String words) {
        messages.read(new ByteArrayInputStream(words.getBytes(UTF_8)));
    }

    @Test
    void keepsTheFailureAndPassesTheRestOn() {
        read("Warning: old\nE1124 x.go:1] tried\nerror: a\nmore of it\n");
        assertThat(messages.failure()).isEqualTo("error: a\nmore of it\n");
        assertThat(passed.toString(UTF_8)).isEqualTo("Warning: old\nE1124 x.go:1] tried\n");
    }

    @Test
    void passesAQuestionOnBeforeItsLineEnds() {
        messages.read(
                new InputStream() {
                    private final byte[] question = "Enter the code: ".getBytes(UTF_8);
                    private int at;

                    @Override
                    public int read() {
                        throw new AssertionError("not read so");
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        if (at == question.length) {
                            // here kubectl waits for the user's input
                            assertThat(passed.toString(UTF_8)).isEqualTo("Enter the code: ");
                            return -1;
                        }
                        into[from] = question[at++];
                        return 1;
                    }
                });
        assertThat(messages.failure()).isEmpty();
    }

    @Test
    void passesWhatEndsLikeTheBeginningOfAFailure() {
        read("Error from");
        assertThat(messages.failure()).isEmpty();
        assertThat(passed.toString(UTF_8)).isEqualTo("Error from");
    }

    @Test
    void keepsNoMoreThanIsRead() {
        read("error: " + "x".repeat(100_000));
        assertThat(messages.failure()).hasSize(8 * 1024);
        assertThat(passed.size()).isZero();
    }
}
