package dev.enclavemetrics.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.webhook.admission.TestObjects;
import dev.enclavemetrics.webhook.translate.Translated;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateCommandTest {

    private static final String UNTRANSLATABLE =
            TestObjects.REFERENCE.replace("averageUtilization: 75", "averageValue: 500m");

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private String input = "";

    private int run(String... arguments) {
        results.reset();
        messages.reset();
        return Webhook.run(
                arguments,
                new Webhook.ProcessContext(
                        environment,
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        new PrintStream(results, false, UTF_8),
                        new PrintStream(messages, true, UTF_8)),
                started -> {});
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String translated(String text) {
        return Translated.text(text);
    }

    @Test
    void printsTheTranslation() throws IOException {
        String file = file("a.yaml", TestObjects.REFERENCE);
        assertThat(run("translate", file)).isZero();
        assertThat(results.toString(UTF_8)).isEqualTo(translated(TestObjects.REFERENCE));
        assertThat(messages.toString(UTF_8)).isEmpty();
        assertThat(Path.of(file)).hasContent(TestObjects.REFERENCE);
    }

    @Test
    void readsTheStandardInput() {
        input = TestObjects.REFERENCE;
        assertThat(run("translate", "-")).isZero();
        assertThat(results.toString(UTF_8)).isEqualTo(translated(TestObjects.REFERENCE));
    }

    @Test
    void keepsSeveralFilesApart() throws IOException {
        String first = file("a.yaml", "a: 1");
        String second = file("b.yaml", "---\nb: 2\n");
        String third = file("c.yaml", "c: 3\n");
        assertThat(run("translate", first, second, third)).isZero();
        assertThat(results.toString(UTF_8)).isEqualTo("a: 1\n---\nb: 2\n---\nc: 3\n");
    }

    @Test
    void writesIntoTheFiles() throws IOException {
        String file = file("a.yaml", TestObjects.REFERENCE);
        assertThat(run("translate", "--in-place", file)).isZero();
        assertThat(Path.of(file)).hasContent(translated(TestObjects.REFERENCE));
        assertThat(results.size()).isZero();
    }

    @Test
    void checks() throws IOException {
        String file = file("a.yaml", TestObjects.REFERENCE);
        assertThat(run("translate", "--check", file)).isEqualTo(1);
        assertThat(messages.toString(UTF_8))
                .isEqualTo(file + ": would change; run translate --in-place " + file + "\n");
        assertThat(results.size()).isZero();
        assertThat(run("translate", "--check", file("b.yaml", translated(TestObjects.REFERENCE))))
                .isZero();
    }

    @Test
    void leavesAFileWithAProblemOut() throws IOException {
        String bad = file("bad.yaml", UNTRANSLATABLE);
        String good = file("good.yaml", "a: 1\n");
        assertThat(run("translate", bad, good)).isEqualTo(1);
        assertThat(results.toString(UTF_8)).isEqualTo("a: 1\n");
        assertThat(messages.toString(UTF_8))
                .startsWith(bad + ":1: error: HPA nginx: spec.metrics[0] cpu must have target");
        assertThat(run("translate", "--in-place", bad)).isEqualTo(1);
        assertThat(Path.of(bad)).hasContent(UNTRANSLATABLE);
    }

    @Test
    void translatesTheRestIfSetSo() throws IOException {
        String bad = file("bad.yaml", UNTRANSLATABLE);
        assertThat(run("translate", "--on-untranslatable=warn", bad)).isZero();
        assertThat(results.toString(UTF_8)).isEqualTo(translated(UNTRANSLATABLE));
        assertThat(messages.toString(UTF_8)).startsWith(bad + ":1: warning: HPA nginx: ");
        environment.put("ENCLAVE_METRICS_ON_UNTRANSLATABLE", "warn");
        assertThat(run("translate", bad)).isZero();
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        String missing = folder.resolve("missing").toString();
        assertThat(run("translate", missing)).isEqualTo(1);
        assertThat(messages.toString(UTF_8))
                .isEqualTo(missing + ": must be a readable file, found none\n");
        Path latin = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xE4});
        assertThat(run("translate", latin.toString())).isEqualTo(1);
        assertThat(messages.toString(UTF_8)).contains("in UTF-8, found other bytes");
    }

    @Test
    void reportsAllBadArgumentsTogether() {
        assertThat(run("translate", "--in-place", "--check", "--on-untranslatable=x", "--y=1", "-"))
                .isEqualTo(2);
        assertThat(messages.toString(UTF_8))
                .contains(
                        "--in-place and --check",
                        "--in-place must go with files",
                        "found \"x\"",
                        "--y");
        assertThat(run("translate")).isEqualTo(2);
        assertThat(messages.toString(UTF_8)).contains("must have a FILE");
    }
}
