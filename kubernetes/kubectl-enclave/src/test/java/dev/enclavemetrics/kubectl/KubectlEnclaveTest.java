package dev.enclavemetrics.kubectl;

import static dev.enclavemetrics.kubectl.process.FakeKubectl.GROUP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.kubectl.process.FakeKubectl;
import dev.enclavemetrics.kubectl.query.Recorded;
import dev.enclavemetrics.kubectl.show.Console;
import dev.enclavemetrics.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlEnclaveTest {

    private static final String SHOP = GROUP + "/v1beta2/namespaces/shop";
    private static final String NAMESPACE = "config view --minify";

    @TempDir Path folder;

    private final FakeKubectl kubectl = new FakeKubectl().answers(NAMESPACE, "shop");
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final TestClock clock = new TestClock();
    private final List<Runnable> rounds = new ArrayList<>();

    /** Set after the last round of a test: writing then fails, as to a closed pipe. */
    private boolean closed;

    private int run(String... arguments) {
        OutputStream pipe =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        results.write(b);
                    }

                    @Override
                    public void flush() throws IOException {
                        if (closed) {
                            throw new IOException("Broken pipe");
                        }
                    }
                };
        ProcessContext context =
                new ProcessContext(
                        Map.of(),
                        new Console(
                                new PrintStream(pipe, false, UTF_8),
                                new PrintStream(messages, true, UTF_8),
                                null,
                                clock),
                        this::nextRound,
                        folder.resolve("namespace"));
        return KubectlEnclave.run(arguments, context, top -> kubectl);
    }

    private void nextRound(Duration pause) {
        clock.advance(pause);
        rounds.remove(0).run();
        closed = rounds.isEmpty();
    }

    private String results() {
        return results.toString(UTF_8);
    }

    private String messages() {
        return messages.toString(UTF_8);
    }

    @Test
    void printsATableOfTheContextsNamespace() {
        kubectl.serves(SHOP, Recorded.STATUSES);
        assertThat(run("top", "--sort-by=cpu")).isZero();
        assertThat(results())
                .isEqualTo(
                        """
                        NAME             CPU      MEMORY   AGE   REASON
                        web-0            100.0%   0.0%     30s   Fresh, but the last scrape failed: Http503 Stale
                        api-6d9c-x2v4w   43.7%    31.2%    3s
                        api-6d9c-zz7kp   -        -        -     ConnectRefused: nothing listens on the port
                        """);
        assertThat(messages()).isEmpty();
    }

    @Test
    void takesThePodsNamespaceWhereThereIsNoContext() throws IOException {
        kubectl.answers(NAMESPACE, "error: current-context must exist in order to minify");
        kubectl.serves(GROUP + "/v1beta2/namespaces/default", Recorded.NO_STATUSES)
                .serves(SHOP, Recorded.STATUSES);
        assertThat(run("top")).isZero();
        assertThat(messages())
                .isEqualTo(
                        "No confidential pods found in default namespace: they need the label"
                                + " nitro.k8s.anjuna.io/managed=yes\n");
        Files.writeString(folder.resolve("namespace"), "shop\n");
        assertThat(run("top", "-o", "json")).isZero();
        assertThat(results()).contains("\"name\": \"web-0\"");
    }

    @Test
    void refusesANamespaceThatIsNone() {
        kubectl.answers(NAMESPACE, "a/b");
        assertThat(run("top")).isEqualTo(1);
        assertThat(messages()).contains("must be a DNS label, found \"a/b\"");
    }

    @Test
    void saysWhatFails() {
        kubectl.serves(SHOP, "<html>\u001b[2J");
        assertThat(run("top")).isEqualTo(1);
        assertThat(messages()).startsWith("error: the answer to ").doesNotContain("\u001b");
        assertThat(results()).isEmpty();
    }

    @Test
    void saysThatItsOutputIsLost() {
        kubectl.serves(SHOP, Recorded.STATUSES);
        closed = true;
        assertThat(run("top")).isEqualTo(1);
        assertThat(messages()).isEqualTo("error: the output cannot be written\n");
    }

    @Test
    void endsWithTwoForBadArguments() {
        assertThat(run("top", "-o", "xml")).isEqualTo(2);
        assertThat(messages())
                .isEqualTo(
                        "error: --output must be wide or json, found \"xml\"; leave it out for a"
                                + " table\nSee 'kubectl enclave top --help'.\n");
    }

    @Test
    void printsHelpAndVersion() {
        assertThat(run("top", "--help")).isZero();
        assertThat(results()).startsWith("Usage: kubectl enclave top");
        assertThat(run("--version")).isZero();
        assertThat(results()).endsWith("kubectl enclave development\n");
    }

    @Test
    void watchesUntilNobodyReadsOn() {
        kubectl.serves(SHOP, Recorded.STATUSES);
        String down = "Error from server (ServiceUnavailable): down";
        rounds.add(() -> kubectl.serves(SHOP, down));
        rounds.add(() -> {});
        rounds.add(() -> kubectl.serves(SHOP, Recorded.NO_STATUSES));
        assertThat(run("top", "-w", "-l", "app=x", "--interval=1m", "--no-headers")).isZero();
        assertThat(results())
                .startsWith("2026-11-24T05:40:00Z\napi-6d9c-x2v4w   43.7%    31.2%   3s\n")
                .endsWith("\n\n2026-11-24T05:43:00Z\n");
        assertThat(messages().lines())
                .satisfiesExactly(
                        outage -> assertThat(outage).startsWith("error: the APIService v1beta2."),
                        empty ->
                                assertThat(empty)
                                        .startsWith(
                                                "No confidential pods found in shop namespace with"
                                                        + " the labels app=x: "));
    }

    @Test
    void watchesAsOneLineOfJsonARound() {
        kubectl.serves(SHOP, Recorded.NO_STATUSES);
        rounds.add(() -> {});
        assertThat(run("top", "-w", "-ojson")).isZero();
        assertThat(results().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"kind\":\"EnclaveUsageList\""));
        assertThat(messages()).isEmpty();
    }
}
