package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFailureTest {

    private static final String NO_CID =
            "No machine with that CID answers: is the enclave running (nitro-cli"
                    + " describe-enclaves)?";
    private static final String SECCOMP =
            "The container's seccomp profile may refuse AF_VSOCK, as the default ones of"
                    + " containerd and Docker do: set securityContext.seccompProfile to a Localhost"
                    + " profile that allows it, or to Unconfined";

    @ParameterizedTest
    @CsvSource({"EPERM, operation not permitted", "EACCES, permission denied"})
    void namesSeccompWhereAVsockSocketIsNotPermitted(Errno errno, String words) {
        assertThat(message("socket", "vsock:16:59090", errno))
                .isEqualTo(
                        "socket vsock:16:59090 failed: " + errno + " (" + words + "). " + SECCOMP);
    }

    @Test
    void namesTheModuleAndSeccompWhereTheFamilyIsUnknown() {
        assertThat(message("socket", "vsock:16:59090", Errno.EAFNOSUPPORT))
                .isEqualTo(
                        "socket vsock:16:59090 failed: EAFNOSUPPORT (address family not"
                                + " supported). The kernel has no vsock: load its module (modprobe"
                                + " vsock). "
                                + SECCOMP);
    }

    @Test
    void blamesNoSeccompForAUnixSocket() {
        assertThat(message("bind", "unix:/run/a", Errno.EACCES))
                .isEqualTo(
                        "bind unix:/run/a failed: EACCES (permission denied). Check the permissions"
                                + " of the path's folder");
        assertThat(message("bind", "vsock:any:80", Errno.EACCES)).doesNotContain("seccomp");
    }

    @ParameterizedTest
    @CsvSource({
        "unix:%s, Start the agent with socket-mode=0666",
        "hybrid:%s:59090, The VMM creates this socket: start it with a umask that lets others"
                + " write",
    })
    void namesUsersModeAndRemedyWhereASocketMayNotBeConnectedTo(
            String endpoint, String remedy, @TempDir Path folder) throws IOException {
        Path socket = Files.createFile(folder.resolve("s"));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxr-xr-x"));
        Object uid = Files.getAttribute(socket, "unix:uid");

        assertThat(message("connect", endpoint.formatted(socket), Errno.EACCES))
                .endsWith(
                        "failed: EACCES (permission denied). Connecting needs write permission on"
                                + " the socket and search permission on its folders: this process"
                                + " has UID %s, the socket belongs to UID %s and has mode 0755. %s,"
                                        .formatted(uid, uid, remedy)
                                + " or run both as the same user (in a labelled Pod by the"
                                + " annotation enclave-metrics.dev/launcher-run-as-user)");
    }

    @Test
    void saysSoWhereAFolderRefusesIt() {
        assertThat(message("connect", "unix:/no-such-folder/s", Errno.EACCES))
                .contains("on its folders: a folder of the path refuses this process. Start");
    }

    @ParameterizedTest
    @CsvSource({"ECONNRESET, connection reset by peer", "ECONNREFUSED, connection refused"})
    void saysThatNobodyListens(Errno errno, String words) {
        assertThat(message("connect", "vsock:16:59090", errno))
                .isEqualTo(
                        "connect vsock:16:59090 failed: "
                                + errno
                                + " ("
                                + words
                                + "). Nothing listens there: is the agent running?");
    }

    @Test
    void saysThatNobodyListensOnlyOfAConnect() {
        assertThat(message("recv", "vsock:16:59090", Errno.ECONNRESET))
                .isEqualTo("recv vsock:16:59090 failed: ECONNRESET (connection reset by peer)");
    }

    @ParameterizedTest
    @CsvSource({"ENODEV", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAGAIN", "EADDRNOTAVAIL"})
    void saysThatNoMachineHasTheCid(Errno errno) {
        assertThat(message("connect", "vsock:16:59090", errno)).endsWith("). " + NO_CID);
        assertThat(message("connect", "unix:/run/a", Errno.EAGAIN)).doesNotContain("CID");
    }

    @Test
    void saysWhichCidCanBeListenedOn() {
        assertThat(message("bind", "vsock:16:59090", Errno.EADDRNOTAVAIL))
                .isEqualTo(
                        "bind vsock:16:59090 failed: EADDRNOTAVAIL (address not available). A"
                                + " process can listen only on its machine's own CID: write any");
    }

    @Test
    void tellsAMissingSocketFromAMissingFolder() {
        assertThat(message("connect", "unix:/run/a", Errno.ENOENT))
                .endsWith("There is no socket at that path: is the agent running?");
        assertThat(message("bind", "unix:/run/a", Errno.ENOENT))
                .endsWith("The folder of the path must exist: create it");
    }

    @Test
    void givesTheNumberOfAnErrorThatItHasNoWordsFor() {
        assertThat(SocketFailure.of("send", Endpoint.parse("unix:/run/a"), -71))
                .hasMessage("send unix:/run/a failed: error number 71 (see man 3 errno)");
    }

    @ParameterizedTest
    @CsvSource({
        "EROFS, read-only file system, choose a path on a writable one",
        "ENOTDIR, not a directory, Choose another path",
        "ELOOP, too many levels of symbolic links, Choose another path",
        "ENOSPC, no space left on device, Free space",
        "EMFILE, too many open files, Raise the limit",
        "ENOBUFS, no buffer space available, more memory",
    })
    void saysOfAFailedBindInWordsWhatToDo(Errno errno, String words, String remedy) {
        assertThat(message("bind", "unix:/run/a", errno))
                .startsWith("bind unix:/run/a failed: " + errno + " (" + words + "). ")
                .contains(remedy);
    }

    @Test
    void saysWhyAFileCouldNotBeUsed() {
        assertThat(SocketFailure.reason(new AccessDeniedException("/run/a")))
                .isEqualTo("permission denied");
        assertThat(SocketFailure.reason(new FileSystemException("/a", null, "Read-only file")))
                .isEqualTo("Read-only file");
        assertThat(SocketFailure.reason(new NoSuchFileException("/run/a")))
                .contains("NoSuchFileException", "/run/a");
    }

    private static String message(String call, String endpoint, Errno errno) {
        return String.valueOf(
                SocketFailure.of(call, Endpoint.parse(endpoint), -errno.number()).getMessage());
    }
}
