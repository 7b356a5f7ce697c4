package dev.enclavemetrics.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests the class archive that Maven creates: the JVM ignores an archive that does not match,
 * without a message.
 */
@Timeout(60)
class ArchiveIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @Test
    void isUsedByTheJvmThatMadeIt() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:SharedArchiveFile=" + TARGET.resolve("kubectl-enclave.jsa"),
                                "-Xlog:class+load",
                                "-jar",
                                TARGET.resolve("kubectl-enclave.jar").toString(),
                                "--version")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output)
                .contains("dev.enclavemetrics.kubectl.KubectlEnclave source: shared objects file");
    }
}
