package dev.enclavemetrics.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that kubectl runs, with a script in place of the JVM. */
@Timeout(60)
class ScriptTest {

    private static final Path SCRIPT = Path.of("src/main/scripts/kubectl-enclave").toAbsolutePath();

    @TempDir Path folder;

    private Path script = SCRIPT;

    @BeforeEach
    void install() throws IOException {
        Path installed = Files.createDirectory(folder.resolve("installed"));
        executable(installed.resolve("kubectl-enclave"), Files.readString(SCRIPT));
        Files.writeString(installed.resolve("kubectl-enclave.jar"), "");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        script =
                Files.createSymbolicLink(
                        bin.resolve("kubectl-enclave"), installed.resolve("kubectl-enclave"));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Creates a JDK of a release. Its java prints each argument on a line. */
    private Path jdk(String name, String release) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        executable(
                bin.resolve("java"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\"\nenv | grep JAVA_.*OPTIONS\nexit 0\n");
        Files.writeString(
                folder.resolve(name).resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + release + "\"\n");
        return folder.resolve(name);
    }

    private String run(int code, Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", script.toString(), "top", "-l", "a in (b, c)");
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(code);
        return output;
    }

    @Test
    void findsTheJarBehindALinkAndPassesArgumentsOn() throws Exception {
        String output = run(0, Map.of("JAVA_HOME", jdk("new", "21.0.2").toString()));
        assertThat(output)
                .contains("-Denclavemetrics.terminal=false\n-jar\n")
                .endsWith("/installed/kubectl-enclave.jar\ntop\n-l\na in (b, c)\n");
    }

    @Test
    void usesTheArchiveBesideTheJarAndKeepsTheJvmQuietAboutIt() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", jdk("new", "21.0.2").toString());
        assertThat(run(0, environment)).doesNotContain("SharedArchiveFile", "-Xlog");
        Path archive = folder.resolve("installed/kubectl-enclave.jsa");
        Files.writeString(archive, "of another JDK");

        assertThat(run(0, environment))
                .contains("-XX:SharedArchiveFile=" + archive + "\n-Xlog:disable\n-jar\n")
                .endsWith("kubectl-enclave.jar\ntop\n-l\na in (b, c)\n");
    }

    @Test
    void keepsTheOptionsOfOtherJvmsFromItsOwn() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", jdk("new", "21.0.2").toString());
        environment.put("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y");
        environment.put("JDK_JAVA_OPTIONS", "-XX:+UseG1GC");
        environment.put("_JAVA_OPTIONS", "-Xmx1g");

        assertThat(run(0, environment)).contains("-jar").doesNotContain("JAVA_");
    }

    @Test
    void passesAnOldJvmOver() throws Exception {
        Path old = jdk("old", "1.8.0_392");
        String path = jdk("new", "17").resolve("bin") + ":/usr/bin:/bin";
        assertThat(run(0, Map.of("JAVA_HOME", old.toString(), "PATH", path))).contains("-jar");
    }

    @Test
    void saysWhichJvmsAreTooOld() throws Exception {
        Path old = jdk("old", "1.8.0_392");
        Path older = jdk("other", "11.0.1");
        String path = tools() + ":" + older.resolve("bin");
        assertThat(run(1, Map.of("JAVA_HOME", old.toString(), "PATH", path)))
                .isEqualTo(
                        "error: kubectl enclave needs Java 17 or newer, found Java 8 at "
                                + old
                                + "/bin/java, Java 11 at "
                                + older
                                + "/bin/java; install it (Debian: apt-get install"
                                + " default-jre-headless) or set JAVA_HOME\n");
        assertThat(run(1, Map.of("PATH", tools()))).contains("found none; install it");
    }

    @Test
    void saysThatTheJarIsMissing() throws Exception {
        Files.delete(folder.resolve("installed/kubectl-enclave.jar"));
        assertThat(run(1, Map.of("JAVA_HOME", jdk("new", "25").toString())))
                .contains("kubectl-enclave.jar must be beside the script")
                .contains("found none in ");
    }

    /** Returns a PATH with the tools that the script needs, and no JVM. */
    private String tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"dirname", "readlink", "sed"}) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
        }
        return tools.toString();
    }
}
