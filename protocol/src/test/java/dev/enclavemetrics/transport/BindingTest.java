package dev.enclavemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingTest {

    private final Path library = TestedBinding.library();
    private @Nullable String nativeDir;
    @TempDir private Path folder;

    @BeforeEach
    void keepProperty() {
        nativeDir = System.getProperty(Binding.NATIVE_DIR_PROPERTY);
    }

    @AfterEach
    void restoreProperty() {
        if (nativeDir == null) {
            System.clearProperty(Binding.NATIVE_DIR_PROPERTY);
        } else {
            System.setProperty(Binding.NATIVE_DIR_PROPERTY, nativeDir);
        }
    }

    @Test
    void takesTheLibraryOfTheProperty() throws IOException {
        assumeThat(library).as("the native library, which needs a C compiler").exists();
        System.setProperty(Binding.NATIVE_DIR_PROPERTY, library.resolveSibling("").toString());

        assertThat(Transport.load().binding()).isEqualTo("native library");
    }

    @Test
    void takesJnrWhereTheFolderIsEmpty() throws IOException {
        System.setProperty(Binding.NATIVE_DIR_PROPERTY, folder.toString());

        assertThat(Transport.load().binding()).isEqualTo("jnr");
    }

    @Test
    void takesJnrWhereTheFileIsNoLibrary() throws IOException {
        Files.writeString(folder.resolve(library.getFileName()), "not ELF");
        System.setProperty(Binding.NATIVE_DIR_PROPERTY, folder.toString());

        assertThat(Transport.load().binding()).isEqualTo("jnr");
    }

    @Test
    void takesTheLibraryBesideTheJar() throws Exception {
        assumeThat(library).as("the native library, which needs a C compiler").exists();
        Files.copy(library, folder.resolve(library.getFileName()));
        System.clearProperty(Binding.NATIVE_DIR_PROPERTY);

        assertThat(bindingWithoutJnr()).isEqualTo("native library");
    }

    @Test
    void saysWhatToPutWhereNothingIsThere() {
        System.setProperty(Binding.NATIVE_DIR_PROPERTY, folder.toString());

        assertThatThrownBy(this::bindingWithoutJnr)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "sockets need the native library or jnr: "
                                + folder.resolve(library.getFileName())
                                + " does not exist, and jnr does not load:"
                                + " java.lang.NoClassDefFoundError: jnr/ffi/LibraryLoader. Put the"
                                + " library beside the jar, or set -Denclavemetrics.native.dir to"
                                + " its folder, or put enclave-agent-optional.jar beside the"
                                + " agent's jar");
    }

    @Test
    void saysWhyAFileIsNoLibrary() throws IOException {
        Path file = Files.writeString(folder.resolve(library.getFileName()), "not ELF");
        System.setProperty(Binding.NATIVE_DIR_PROPERTY, folder.toString());

        assertThatThrownBy(this::bindingWithoutJnr)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " does not load: " + file + ": ");
    }

    /** Loads the module again from a folder, on a class path without other libraries. */
    private String bindingWithoutJnr() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("enclave-agent.jar"));
        copy(
                Path.of(
                        Transport.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()),
                classes);
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> transport = loader.loadClass(Transport.class.getName());
            Method load = transport.getMethod("load");
            Object loaded = load.invoke(null);
            return String.valueOf(transport.getMethod("binding").invoke(loaded));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IOException failure ? failure : e;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
