package dev.enclavemetrics.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code quickstart} in its own folder, with scripts in place of Java and Maven. */
@Timeout(60)
class QuickstartTest {

    private static final Path SCRIPT = Path.of("../quickstart");
    private static final FileTime BEFORE = FileTime.fromMillis(1_700_000_000_000L);
    private static final FileTime BUILT = FileTime.fromMillis(1_700_000_001_000L);
    private static final FileTime AFTER = FileTime.fromMillis(1_700_000_002_000L);

    @TempDir private Path folder;
    private Path tree;

    @BeforeEach
    void build() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.copy(SCRIPT, tree.resolve("quickstart"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source :
                List.of(
                        "pom.xml",
                        "process/pom.xml",
                        "process/src/main/java/Log.java",
                        "protocol/src/main/native/vsock.c",
                        "launcher/src/main/scripts/launcher.options",
                        "launcher/src/test/java/LogTest.java",
                        ".mvn/jvm.config",
                        "README.md")) {
            file(source, BEFORE);
        }
        file("enclave-agent/target/enclave-agent.jar", BUILT);
        file("launcher/target/launcher.jar", BUILT);
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path directory : all.filter(Files::isDirectory).toList()) {
                Files.setLastModifiedTime(directory, BEFORE);
            }
        }
        for (String tool :
                List.of("bash", "dirname", "sed", "find", "mktemp", "rm", "grep", "sleep")) {
            command(tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        java("17.0.1");
        command("mvn", "echo built >>" + folder + "/builds");
    }

    private void file(String name, FileTime changed) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, changed);
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Creates a java that prints its version, and otherwise fails at once. */
    private void java(String version) throws IOException {
        command(
                "java",
                """
                [ "$1" != -version ] || { echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; }
                echo no enclave today >&2
                exit 1\
                """
                        .formatted(version));
    }

    private Process start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", tree.resolve("quickstart").toString(), "--once");
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin").toString());
        builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
        return builder.redirectErrorStream(true).start();
    }

    /** Runs the script until it fails, and returns its output. */
    private String run() throws Exception {
        Process process = start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        return output;
    }

    private boolean builds() throws Exception {
        run();
        return Files.exists(folder.resolve("builds"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "process/pom.xml",
                "process/src/main/java/Log.java",
                "protocol/src/main/native/vsock.c",
                "launcher/src/main/scripts/launcher.options",
                ".mvn/jvm.config"
            })
    void buildsAfterAChangeOfWhatTheJarsConsistOf(String source) throws Exception {
        file(source, AFTER);
        assertThat(builds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "launcher/src/test/java/LogTest.java", "target/pom.xml"})
    void doesNotBuildAfterAnotherChange(String other) throws Exception {
        file(other, AFTER);
        assertThat(builds()).isFalse();
    }

    @Test
    void buildsAfterAFileWasDeleted() throws Exception {
        Files.delete(tree.resolve("process/src/main/java/Log.java"));
        assertThat(builds()).isTrue();
    }

    @Test
    void showsWhyTheBuildFailedWithoutMavensEscapeCodes() throws Exception {
        file("pom.xml", AFTER);
        command("mvn", "printf '\\033[0m[\\033[1;31mERROR\\033[m] no compiler\\n\\033[0m'; exit 1");
        assertThat(run())
                .isEqualTo(
                        """
                        quickstart: building agent and launcher, which takes a minute the first time ...
                        quickstart: Maven must build agent and launcher, found:
                          [ERROR] no compiler
                          \
                        """);
    }

    @Test
    void showsWhyAgentAndLauncherEndedAndNoErrorOfItsOwn() throws Exception {
        assertThat(run())
                .matches("quickstart: agent or launcher ended:\n(  no enclave today\n){1,2}");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_392, 8", "11.0.2, 11"})
    void saysThatJavaIsTooOld(String version, String found) throws Exception {
        java(version);
        assertThat(run()).startsWith("quickstart: java must be 17 or newer, found " + found + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "mvn"})
    void saysWhatIsNotInstalled(String missing) throws Exception {
        file("pom.xml", AFTER);
        Files.delete(folder.resolve("bin").resolve(missing));
        assertThat(run()).startsWith("quickstart: " + missing + " must be installed: ");
    }

    @Test
    void leavesNothingBehindWhenItIsEndedWhileItBuilds() throws Exception {
        file("pom.xml", AFTER);
        Path maven = folder.resolve("pid");
        command("mvn", "echo $$ >" + maven + "; /bin/kill -TERM $PPID; exec /bin/sleep 60");
        Process process = start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        long pid = Long.parseLong(Files.readString(maven).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
}
