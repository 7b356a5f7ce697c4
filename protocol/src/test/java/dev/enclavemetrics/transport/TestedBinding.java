package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** The two bindings of the system calls; both must behave the same. */
enum TestedBinding {
    JNI {
        @Override
        SocketCalls calls() {
            assumeThat(library()).as("the native library, which needs a C compiler").exists();
            return new JniSocketCalls(library().toString());
        }
    },
    JNR {
        @Override
        SocketCalls calls() {
            return new JnrSocketCalls();
        }
    };

    abstract SocketCalls calls();

    Transport transport() {
        return new Transport(calls());
    }

    /** Returns the path of the native library in the build. */
    static Path library() {
        return Path.of(
                        System.getProperty(Binding.NATIVE_DIR_PROPERTY, "target/native"),
                        System.mapLibraryName("enclavemetrics"))
                .toAbsolutePath();
    }
}
