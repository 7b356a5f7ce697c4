package dev.enclavemetrics.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclavemetrics.bootstrap.BadSettingsException;
import dev.enclavemetrics.kubectl.show.DisplayOptions;
import dev.enclavemetrics.kubectl.show.DisplayOptions.Format;
import dev.enclavemetrics.kubectl.show.PodOrder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EnclaveCommandTest {

    private static TopArguments top(String... arguments) {
        return Objects.requireNonNull(new EnclaveCommand("1.2.3").parse(arguments).top());
    }

    private static List<String> problems(String... arguments) {
        return catchThrowableOfType(
                        BadSettingsException.class,
                        () -> new EnclaveCommand("1.2.3").parse(arguments))
                .problems();
    }

    @Test
    void readsNothing() {
        assertThat(top("top"))
                .isEqualTo(
                        new TopArguments(
                                null,
                                "",
                                null,
                                new DisplayOptions(
                                        Format.TABLE,
                                        false,
                                        List.of(),
                                        true,
                                        false,
                                        Duration.ofSeconds(15)),
                                List.of()));
    }

    @Test
    void readsAll() {
        assertThat(
                        top(
                                "top",
                                "-nshop",
                                "-A",
                                "-l",
                                "app=a,b!=c",
                                "-owide",
                                "--sort-by=memory",
                                "--metrics=a,nitro_enclave_app_b,a",
                                "--no-headers",
                                "-w",
                                "--interval=2m"))
                .isEqualTo(
                        new TopArguments(
                                "shop",
                                "app=a,b!=c",
                                PodOrder.MEMORY,
                                new DisplayOptions(
                                        Format.WIDE,
                                        true,
                                        List.of("nitro_enclave_app_a", "nitro_enclave_app_b"),
                                        false,
                                        true,
                                        Duration.ofMinutes(2)),
                                List.of("--request-timeout=30s")));
        assertThat(top("top", "--output", "json", "--namespace", "a").display().format())
                .isEqualTo(Format.JSON);
    }

    @Test
    void passesConnectionFlagsOn() {
        assertThat(
                        top(
                                        "top",
                                        "--context",
                                        "a b",
                                        "--as-group=x",
                                        "--as-group=y",
                                        "-s",
                                        "https://h",
                                        "--insecure-skip-tls-verify",
                                        "--disable-compression=false",
                                        "-v=6",
                                        "-A")
                                .connection())
                .containsExactly(
                        "--as-group=x",
                        "--as-group=y",
                        "--context=a b",
                        "--server=https://h",
                        "--v=6",
                        "--disable-compression=false",
                        "--insecure-skip-tls-verify=true");
    }

    @Test
    void takesFlagsBeforeTheCommandAsKubectlDoes() {
        TopArguments after =
                top(
                        "top",
                        "--context=a",
                        "--kubeconfig",
                        "b",
                        "-nshop",
                        "-A",
                        "--warnings-as-errors");
        assertThat(after.connection())
                .containsExactly("--context=a", "--kubeconfig=b", "--warnings-as-errors=true");
        assertThat(
                        top(
                                "--context=a",
                                "--kubeconfig",
                                "b",
                                "-nshop",
                                "-A",
                                "--warnings-as-errors",
                                "top"))
                .isEqualTo(after);
        assertThat(
                        top(
                                "-nshop",
                                "--warnings-as-errors",
                                "top",
                                "-A",
                                "--kubeconfig=b",
                                "--context",
                                "a"))
                .isEqualTo(after);
        assertThat(new EnclaveCommand("1.2.3").parse("--context=a", "-h", "top").answer())
                .contains("Usage: kubectl enclave top");
        assertThat(problems("--context=a")).singleElement().asString().contains("found none");
        assertThat(problems("--nope", "top")).containsExactly("Unknown option: '--nope'");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(
                        problems(
                                "top",
                                "-n",
                                "a/../b",
                                "-o",
                                "xml",
                                "--sort-by=size",
                                "--interval=0s",
                                "--nope",
                                "pod"))
                .hasSize(7)
                .contains(
                        "Unknown option: '--nope'",
                        "kubectl enclave must have no argument other than the command top, found"
                                + " \"pod\"",
                        "--namespace must be a DNS label, found \"a/../b\"",
                        "--output must be wide or json, found \"xml\"; leave it out for a table",
                        "--sort-by must be one of [cpu, memory, age, name], found \"size\"",
                        "--interval must go with --watch; leave it out, or add that",
                        "--interval must be from 1s to 1h, found \"0s\"");
        assertThat(problems("top", "-w", "--interval=2h")).hasSize(1);
        assertThat(problems("top", "-n")).hasSize(1);
    }

    @Test
    void needsACommand() {
        assertThat(problems())
                .containsExactly("kubectl enclave must have a command, found none; it has: top");
        assertThat(problems("bottom")).hasSize(1).allMatch(p -> p.contains("bottom"));
    }

    @Test
    void helps() {
        EnclaveCommand command = new EnclaveCommand("1.2.3");
        assertThat(command.parse("--help").answer()).contains("Usage: kubectl enclave", "top");
        assertThat(command.parse("top", "-h", "--nope").answer())
                .contains("Usage: kubectl enclave top", "--sort-by", "--watch", "--context");
        assertThat(command.parse("--version").answer()).isEqualTo("kubectl enclave 1.2.3\n");
    }
}
