package dev.enclavemetrics.serving.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.enclavemetrics.testing.Mutations;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String YAML =
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: prod, cluster: {server: "https://prod.example/k8s/clusters/c-1"}}]
            users: [{name: me, user: {token: secret}}]
            contexts: [{name: work, context: {cluster: prod, user: me}}]
            current-context: work
            """;
    private static final String JSON =
            """
            {"apiVersion": "v1", "kind": "Config",
             "clusters": [{"name": "prod", "cluster": {"server": "https://prod.example/"}}],
             "contexts": [{"name": "work", "context": {"cluster": "prod"}}],
             "current-context": "work"}
            """;
    private static final String SYNTAX = "must be YAML, or JSON if it begins with {";

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("config"), text.getBytes(UTF_8));
    }

    private void refused(String text, String rule, String found) throws IOException {
        Path file = file(text);
        assertThatIOException()
                .isThrownBy(() -> Kubeconfig.read(file))
                .withMessageStartingWith("the kubeconfig " + file + " " + rule)
                .withMessageContaining(", found " + found)
                .withMessageEndingWith("; correct it, or name another with --kubeconfig")
                .withMessageNotContaining("secret")
                .withMessageNotContaining("\n");
    }

    @Test
    void takesTheCurrentContext() throws IOException {
        Config config = Kubeconfig.read(file(YAML));

        assertThat(config.getMasterUrl()).startsWith("https://prod.example/k8s/clusters/c-1");
        assertThat(config.getAutoOAuthToken()).isEqualTo("secret");
    }

    @Test
    void takesJson() throws IOException {
        assertThat(Kubeconfig.read(file(JSON)).getMasterUrl()).isEqualTo("https://prod.example/");
    }

    @Test
    void refusesBracesThatAreNoJson() throws IOException {
        refused("\n{kind: Config, users: [{token: secret}]}", SYNTAX, "in line 2: Unexpected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users:\n- token: secret\n  a\nb: [",
                "\tkind: Config",
                "kind: Config\nclusters: secret: 1"
            })
    void refusesWhatIsNoYamlWithItsLine(String text) throws IOException {
        refused(text, SYNTAX, "in line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "---\n"})
    void refusesWhatIsEmpty(String text) throws IOException {
        refused(text, SYNTAX, "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just words", "- a list", "clusters: 7"})
    void refusesAnotherDocument(String text) throws IOException {
        refused(text, SYNTAX, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "current-context: work | current-context: '' | must have a current-context | none",
                "current-context: work | other: 1 | must have a current-context | none",
                "current-context: work | current-context: home | must have the context \"home\""
                        + " that its current-context leads to | only work",
                "cluster: prod | cluster: test | must have the cluster \"test\" that its"
                        + " current-context leads to | only prod",
                "cluster: prod, | '' | must name a cluster in its current context | none",
                "user: me | user: you | must have the user \"you\" that its current-context leads"
                        + " to | only me",
                "server: \"https | server: \"ftp | must have the https:// address of a server for"
                        + " its cluster \"prod\" | \"ftp://prod.example/k8s/clusters/c-1\"",
                "server: \"https:// | server: \"https://a b | must have the https:// address of a"
                        + " server for its cluster \"prod\" | \"https://a bprod",
                "server: | other: | must have the https:// address of a server for its cluster"
                        + " \"prod\" | none"
            })
    void refusesOneThatLeadsToNoCluster(String part, String other, String rule, String found)
            throws IOException {
        refused(YAML.replace(part, other), rule, found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contexts: [{ | clusters: []\\ncontexts: [{ | must have each key once | a second"
                        + " clusters in line 5",
                "name: me, | x: &x [*x], name: me, | must have at most 100000 values, 100 levels"
                        + " deep, with its aliases resolved | more in line 4",
                "{name: me, user: {token: secret}} | null | must have no empty entry in users | one"
            })
    void refusesWhatIsNoPlainTree(String part, String other, String rule, String found)
            throws IOException {
        Path file = file(YAML.replace(part, other.replace("\\n", "\n")));
        assertThatIOException()
                .isThrownBy(() -> Kubeconfig.read(file))
                .withMessageStartingWith(
                        "the kubeconfig " + file + " " + rule + ", found " + found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contexts", "clusters", "users"})
    void refusesASectionThatIsEmptyButNeeded(String section) throws IOException {
        refused(
                YAML.replaceFirst(section + ": .*", section + ":"),
                "must have the " + section.substring(0, section.length() - 1),
                "");
    }

    @Test
    void takesASectionThatIsEmptyWhereNothingIsNeededOfIt() throws IOException {
        String text = YAML.replaceFirst("users: .*", "users:").replace(", user: me", "");
        assertThat(Kubeconfig.read(file(text)).getMasterUrl()).startsWith("https://prod.example/");
    }

    @Test
    void refusesMoreLevelsThanCanBeRead() throws IOException {
        for (String text :
                new String[] {"x: " + "[".repeat(50_000), "{\"x\":" + "[".repeat(50_000)}) {
            Path file = file(text);
            assertThatIOException()
                    .isThrownBy(() -> Kubeconfig.read(file))
                    .withMessageContaining("at most 500 levels, found more in line 1; flatten it");
        }
    }

    @Test
    void quotesNoLineBreak() throws IOException {
        refused("a: [b,*\n ]", SYNTAX, "in line 1: unexpected character found \\u000a(10)");
    }

    @Test
    void readsNoNumberWhoseLengthMakesThatSlow() throws IOException {
        Path file = file(YAML.replace("secret", "1".repeat(1 << 20)));
        assertThatIOException()
                .isThrownBy(() -> Kubeconfig.read(file))
                .withMessageContaining("at most 100 digits, found 1048576 in line 4");
    }

    @Test
    void refusesOtherBytesThanText() throws IOException {
        Path file = Files.write(folder.resolve("config"), new byte[] {(byte) 0xE4});
        assertThatIOException()
                .isThrownBy(() -> Kubeconfig.read(file))
                .withMessageContaining(file + " must be text in UTF-8");
    }

    /** Each file must give settings or an IOException with the file's name. */
    @Test
    void survivesWhateverIsInTheFile() throws IOException {
        Mutations mutations = new Mutations(20261126);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            Path file = file(mutations.of(i % 2 == 0 ? YAML : JSON));
            try {
                Kubeconfig.read(file);
            } catch (IOException e) {
                refused++;
                assertThat(e).hasMessageContaining(file.toString());
            }
        }
        assertThat(refused).isBetween(100, 1000);
    }

    @Test
    void refusesAProgramForTokensThatIsNotThere() throws IOException {
        refused(
                YAML.replace(
                        "token: secret",
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: /none/such}"),
                "must lead to credentials: its program /none/such must give a token or a"
                        + " certificate",
                "neither");
    }
}
