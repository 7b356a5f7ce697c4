package dev.enclavemetrics.transport;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class DescriptorTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int CYCLES = 1000;
    private static final int O_CLOEXEC = 02000000;

    private final SocketCalls calls;
    private final Transport transport;
    @TempDir private Path folder;

    DescriptorTest(TestedBinding binding) {
        calls = binding.calls();
        transport = new Transport(calls);
        assumeThat(DESCRIPTORS).as("a system that lists descriptors").exists();
    }

    @Test
    void noneLeaksOverManyConnections() throws IOException {
        Set<String> before = sockets();

        for (int cycle = 0; cycle < CYCLES; cycle++) {
            new ConnectedPair(transport, folder).close();
        }

        assertThat(sockets()).isSubsetOf(before);
    }

    @Test
    void noneLeaksOverFailures() throws IOException {
        Endpoint nobody = new Endpoint.Unix(folder.resolve("nobody").toString());
        Endpoint nowhere = new Endpoint.Unix(folder.resolve("none/agent.sock").toString());
        Set<String> before = sockets();

        for (int cycle = 0; cycle < CYCLES; cycle++) {
            assertThatThrownBy(() -> transport.dial(nobody, 1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> transport.listen(nowhere, 0600))
                    .isInstanceOf(IOException.class);
        }

        assertThat(sockets()).isSubsetOf(before);
    }

    @Test
    void everyOneIsClosedOnExec() throws IOException {
        Path path = folder.resolve("agent.sock");
        int listening = calls.socket(SocketAddress.AF_UNIX);
        int dialled = calls.socket(SocketAddress.AF_UNIX);
        assertThat(calls.bind(listening, SocketAddress.unix(path.toString()))).isZero();
        assertThat(calls.listen(listening, 1)).isZero();
        assertThat(calls.connect(dialled, SocketAddress.unix(path.toString()))).isZero();
        int accepted = calls.accept(listening);

        for (int fd : new int[] {listening, dialled, accepted}) {
            assertThat(flags(fd) & O_CLOEXEC).isEqualTo(O_CLOEXEC);
            assertThat(calls.close(fd)).isZero();
        }
    }

    @Test
    void aBadOneIsAnErrorInEveryCall() {
        int fd = -1; // not a closed descriptor: another thread may have reused its number
        byte[] address = SocketAddress.unix("/");
        int badFd = -9; // EBADF

        assertThat(calls.bind(fd, address)).isEqualTo(badFd);
        assertThat(calls.listen(fd, 1)).isEqualTo(badFd);
        assertThat(calls.accept(fd)).isEqualTo(badFd);
        assertThat(calls.connect(fd, address)).isEqualTo(badFd);
        assertThat(calls.send(fd, address, 0, 1, true)).isEqualTo(badFd);
        assertThat(calls.receive(fd, address, 0, 1, true)).isEqualTo(badFd);
        assertThat(calls.timeouts(fd, 1, 1)).isEqualTo(badFd);
        assertThat(calls.bufferBytes(fd, SocketAddress.AF_UNIX, 4096)).isEqualTo(badFd);
        assertThat(calls.bufferBytes(fd, SocketAddress.AF_VSOCK, 4096)).isEqualTo(badFd);
        assertThat(calls.peerName(fd, address)).isEqualTo(badFd);
        assertThat(calls.shutdown(fd)).isEqualTo(badFd);
        assertThat(calls.close(fd)).isEqualTo(badFd);
    }

    @Test
    void anUnknownFamilyIsAnError() {
        assertThat(calls.socket(-1)).isEqualTo(-Errno.EAFNOSUPPORT.number());
    }

    /**
     * Returns the process's sockets by their inodes. Files are left out, since the JVM opens and
     * closes them at any time. It also closes sockets of earlier tests, so that their number alone
     * shows little.
     */
    private static Set<String> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .map(DescriptorTest::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed after the listing
        }
    }

    private static int flags(int fd) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd))) {
            if (line.startsWith("flags:")) {
                return Integer.parseInt(line.substring("flags:".length()).strip(), 8);
            }
        }
        throw new AssertionError("no flags of descriptor " + fd);
    }
}
