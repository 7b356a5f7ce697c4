package dev.enclavemetrics.transport;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the binding to the system calls: the native library beside the jar, else jnr if it is on
 * the class path. Nothing is unpacked: enclaves mount {@code /tmp} noexec.
 */
final class Binding {

    /** The folder of the native library, instead of the jar's. */
    static final String NATIVE_DIR_PROPERTY = "enclavemetrics.native.dir";

    private Binding() {}

    static SocketCalls choose() throws IOException {
        File library = library();
        Throwable libraryFailure = null;
        if (library != null && library.isFile()) {
            try {
                return new JniSocketCalls(library.getPath());
            } catch (UnsatisfiedLinkError e) {
                libraryFailure = e;
            }
        }
        try {
            return new JnrSocketCalls();
        } catch (LinkageError e) { // no jnr on the class path, or not for this platform
            throw new IOException(
                    "sockets need the native library or jnr: "
                            + reason(library, libraryFailure)
                            + ", and jnr does not load: "
                            + e
                            + ". Put the library beside the jar, or set -D"
                            + NATIVE_DIR_PROPERTY
                            + " to its folder, or put enclave-agent-optional.jar beside the agent's"
                            + " jar",
                    e);
        }
    }

    private static String reason(@Nullable File library, @Nullable Throwable failure) {
        if (library == null) {
            return "the folder of the jar is unknown";
        }
        return failure == null
                ? library + " does not exist"
                : library + " does not load: " + failure.getMessage();
    }

    private static @Nullable File library() {
        String name = System.mapLibraryName("enclavemetrics");
        String folder = System.getProperty(NATIVE_DIR_PROPERTY);
        if (folder != null) {
            return new File(folder, name).getAbsoluteFile();
        }
        CodeSource source = Binding.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) { // the latter from a class archive
            return null;
        }
        try {
            return new File(new File(source.getLocation().toURI()).getParentFile(), name);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null; // not loaded from a file
        }
    }
}
