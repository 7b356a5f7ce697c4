package dev.enclavemetrics.launcher;

import dev.enclavemetrics.bootstrap.Clock;
import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.launcher.nitro.EnclaveAddress;
import dev.enclavemetrics.launcher.serve.HttpSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A real launcher in the test's JVM, on a free port. */
final class TestLauncher {

    static final ProcessLimits NO_LIMITS = new ProcessLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    private TestLauncher() {}

    static Launcher dialling(Path socket) throws IOException {
        LauncherConfig config =
                new LauncherConfig(
                        EnclaveAddress.parse("unix:" + socket),
                        LauncherConfig.DEFAULT_ENCLAVE_PORT,
                        new HttpSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                100,
                                Duration.ofSeconds(60)));
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
        Launcher launcher = new Launcher(config, Map.of(), new Log(silent, Clock.SYSTEM));
        launcher.start();
        return launcher;
    }
}
