package dev.enclavemetrics.transport;

import dev.enclavemetrics.contract.AnnotationKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Explains why a Unix socket refuses this process, with the remedy. */
final class SocketPermissions {

    private static final int BITS = 07777;

    private SocketPermissions() {}

    static String hint(Endpoint endpoint) {
        boolean hybrid = endpoint instanceof Endpoint.Hybrid;
        String path =
                hybrid ? ((Endpoint.Hybrid) endpoint).path() : ((Endpoint.Unix) endpoint).path();
        return ". Connecting needs write permission on the socket and search permission on its"
                + " folders: "
                + found(Path.of(path))
                + ". "
                + (hybrid
                        ? "The VMM creates this socket: start it with a umask that lets others"
                                + " write"
                        : "Start the agent with socket-mode=0666")
                + ", or run both as the same user (in a labelled Pod by the annotation "
                + AnnotationKeys
                        .LAUNCHER_RUN_AS_USER // a constant: the agent does not load the class
                + ")";
    }

    private static String found(Path socket) {
        try {
            return "this process has UID "
                    + Files.getAttribute(Path.of("/proc/self"), "unix:uid")
                    + ", the socket belongs to UID "
                    + Files.getAttribute(socket, "unix:uid")
                    + " and has mode 0"
                    + Integer.toOctalString((int) Files.getAttribute(socket, "unix:mode") & BITS);
        } catch (IOException e) {
            return "a folder of the path refuses this process";
        }
    }
}
