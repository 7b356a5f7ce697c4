package dev.enclavemetrics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.enclavemetrics.agent.serve.SocketReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The agent as root, and a reader as another user. In a Pod, the application's container and the
 * launcher (UID 65532) share only a folder.
 */
class OtherUserIT {

    private static final int LAUNCHER = 65_532;
    private static final int FS_GROUP = 2_000;

    private Path folder;

    @BeforeEach
    void needRoot() throws IOException {
        assumeThat((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("UID: only root can start a process as another user")
                .isZero();
        assumeThat(Path.of("/usr/bin/setpriv")).as("util-linux").exists();
        // JUnit's own folders are accessible only to their user.
        folder = Files.createTempDirectory("shared");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String reader = SocketReader.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(reader);
        Files.createDirectories(copy.getParent());
        Files.copy(RunningProcess.TARGET.resolve("test-classes").resolve(reader), copy);
    }

    @AfterEach
    void remove() throws Exception {
        if (folder != null) {
            try (RunningProcess remove =
                    new RunningProcess(Map.of(), "rm", "-r", folder.toString())) {
                assertThat(remove.exitCode()).isZero();
            }
        }
    }

    @Test
    void readsFramesByDefault() throws Exception {
        assertThat(read("", "--clear-groups")).isEqualTo("got 232 bytes");
    }

    @Test
    void isKeptOutByANarrowerMode() throws Exception {
        assertThat(read("socket-mode=0660", "--clear-groups"))
                .isEqualTo("no connection: Permission denied");
    }

    /**
     * Acts as a Pod's fsGroup: new files in the folder get its group, and each container is in it.
     */
    @Test
    void readsFramesInTheFoldersGroupWithANarrowerMode() throws Exception {
        Files.setAttribute(folder, "unix:gid", FS_GROUP);
        Files.setAttribute(folder, "unix:mode", 02770);

        assertThat(read("socket-mode=0660", "--groups=" + FS_GROUP)).isEqualTo("got 232 bytes");
    }

    private String read(String setting, String groups) throws Exception {
        Path socket = folder.resolve("agent.sock");
        String listen = "listen=unix:" + socket;
        try (RunningProcess agent =
                        setting.isEmpty()
                                ? RunningProcess.agent(listen, "interval=100ms")
                                : RunningProcess.agent(listen, "interval=100ms", setting);
                RunningProcess reader = reader(agent, socket, groups)) {
            assertThat(reader.exitCode()).isZero();
            return String.join("\n", reader.lines());
        }
    }

    private RunningProcess reader(RunningProcess agent, Path socket, String groups)
            throws IOException {
        agent.lineWith("listens on");
        return new RunningProcess(
                Map.of(),
                "setpriv",
                "--reuid=" + LAUNCHER,
                "--regid=" + LAUNCHER,
                groups,
                RunningProcess.JAVA,
                "-cp",
                folder.toString(),
                SocketReader.class.getName(),
                socket.toString());
    }
}
