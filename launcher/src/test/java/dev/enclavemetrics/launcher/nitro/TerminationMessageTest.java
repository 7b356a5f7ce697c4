package dev.enclavemetrics.launcher.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationMessageTest {

    @TempDir Path folder;

    private final LogLines log = new LogLines();

    @Test
    void replacesWhatTheFileOfTheContainerHas() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "a longer message of before");

        new TerminationMessage(file, log.log()).write("the enclave has exited");

        assertThat(file).hasContent("the enclave has exited");
    }

    @Test
    void isCutToWhatTheKubeletReads() throws IOException {
        Path file = Files.createFile(folder.resolve("log"));

        new TerminationMessage(file, log.log()).write("x".repeat(10_000));

        assertThat(file).hasSize(TerminationMessage.MAX_BYTES);
    }

    @Test
    void makesNoFileOutsideOfKubernetes() {
        Path file = folder.resolve("log");

        new TerminationMessage(file, log.log()).write("the enclave has exited");

        assertThat(file).doesNotExist();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void writesToNothingButAFile() {
        new TerminationMessage(folder, log.log()).write("the enclave has exited");

        assertThat(log.lines()).isEmpty();
    }
}
