package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class ListenPathTest {

    private static final int BRIEF_MS = ConnectedPair.BRIEF_MS;

    private final SocketCalls calls;
    private final Transport transport;
    private Endpoint endpoint;
    private Path path;
    @TempDir private Path folder;

    ListenPathTest(TestedBinding binding) {
        calls = binding.calls();
        transport = new Transport(calls);
    }

    @BeforeEach
    void place() {
        path = folder.resolve("agent.sock");
        endpoint = new Endpoint.Unix(path.toString());
    }

    @Test
    void replacesTheSocketOfADeadListener() throws IOException {
        deadSocket();

        try (Listener listener = transport.listen(endpoint, 0600);
                Connection connection = transport.dial(endpoint, BRIEF_MS)) {
            assertThat(listener.accept(BRIEF_MS)).isNotNull();
            assertThat(connection).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0666, 0660, 0600, 0777})
    void givesTheSocketItsModeWhateverTheUmask(int mode) throws IOException {
        try (Listener listener = transport.listen(endpoint, mode)) {
            assertThat(listener).isNotNull();
            assertThat((int) Files.getAttribute(path, "unix:mode") & 0777).isEqualTo(mode);
        }
    }

    /** Another user of the folder could replace the socket by a link. */
    @Test
    void opensALinkItselfAndNotWhereItLeads() throws IOException {
        assumeThat(Platform.MAC).as("macOS, which has no O_PATH").isFalse();
        Path secret = Files.createFile(folder.resolve("secret"));
        Files.createSymbolicLink(path, secret);

        int fd = calls.openPath((path + "\0").getBytes(StandardCharsets.UTF_8));

        try {
            Path opened = Path.of("/proc/self/fd/" + fd);
            assertThat(fd).isPositive();
            assertThat(Files.readSymbolicLink(opened)).isEqualTo(path);
        } finally {
            calls.close(fd);
        }
    }

    @Test
    void saysThatThereIsNothingToOpen() {
        assumeThat(Platform.MAC).as("macOS, which has no O_PATH").isFalse();
        int result = calls.openPath((path + "\0").getBytes(StandardCharsets.UTF_8));

        assertThat(result).isEqualTo(-Errno.ENOENT.number());
    }

    @Test
    void leavesTheSocketOfALiveListener() throws IOException {
        try (Listener live = transport.listen(endpoint, 0600)) {
            assertThatThrownBy(() -> transport.listen(endpoint, 0600))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "bind "
                                    + endpoint
                                    + " failed: EADDRINUSE (address already in use). Another"
                                    + " process listens there: choose another port or path");
            assertThat(live.accept(BRIEF_MS)).as("the probe of the second one").isNotNull();
            try (Connection connection = transport.dial(endpoint, BRIEF_MS)) {
                assertThat(connection).isNotNull();
            }
        }
    }

    @Test
    void doesNotWaitForAListenerWhoseBacklogIsFull() throws IOException {
        List<Connection> waiting = new ArrayList<>();
        try (Listener live = transport.listen(endpoint, 0600)) {
            assertThatThrownBy(
                            () -> {
                                while (waiting.size() < 1000) {
                                    waiting.add(transport.dial(endpoint, 1));
                                }
                            })
                    .hasMessageContaining("connect " + endpoint + " failed: EAGAIN");

            assertThatThrownBy(() -> transport.listen(endpoint, 0600))
                    .hasMessageContaining("address already in use");
            assertThat(live.accept(BRIEF_MS)).isNotNull();
        } finally {
            waiting.forEach(Connection::close);
        }
    }

    @Test
    void refusesAPathWhereAFileIs() throws IOException {
        Files.writeString(path, "precious");

        assertRefusedAndKept();
        assertThat(path).hasContent("precious");
    }

    @Test
    void refusesAPathWhereAFolderIs() throws IOException {
        Files.createDirectory(path);

        assertRefusedAndKept();
    }

    @Test
    void refusesAPathWhereALinkIs() throws IOException {
        Files.createSymbolicLink(path, Files.writeString(folder.resolve("file"), "precious"));

        assertRefusedAndKept();
    }

    @Test
    void refusesAPathWhereAPipeIs() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();

        assertRefusedAndKept();
    }

    @Test
    void wantsTheFolderOfItsPath() {
        Endpoint nowhere = new Endpoint.Unix(folder.resolve("none/agent.sock").toString());

        assertThatThrownBy(() -> transport.listen(nowhere, 0600))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "bind "
                                + nowhere
                                + " failed: ENOENT (no such file or directory). The folder of"
                                + " the path must exist: create it");
    }

    @Test
    void wantsPermissionInTheFolder() {
        assertThat(folder.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(folder)).as("what a user with all rights may do").isFalse();

        assertThatThrownBy(() -> transport.listen(endpoint, 0600))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EACCES (permission denied). Check the permissions");
    }

    private void assertRefusedAndKept() {
        assertThatThrownBy(() -> transport.listen(endpoint, 0600))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cannot listen on "
                                + endpoint
                                + ": the file there is not a"
                                + " socket; remove it");
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    /** Leaves a socket file as a killed agent does. */
    private void deadSocket() {
        int fd = calls.socket(SocketAddress.AF_UNIX);
        assertThat(calls.bind(fd, SocketAddress.unix(path.toString()))).isZero();
        assertThat(calls.close(fd)).isZero();
    }
}
