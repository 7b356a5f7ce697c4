package dev.enclavemetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclavemetrics.launcher.receive.ScriptedAgent;
import dev.enclavemetrics.launcher.serve.HttpClientSocket;
import dev.enclavemetrics.launcher.snapshot.Frames;
import dev.enclavemetrics.launcher.snapshot.ReceivedFrame;
import dev.enclavemetrics.testing.FreePort;
import dev.enclavemetrics.transport.Connection;
import dev.enclavemetrics.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A launcher process that is stopped while its agent sends. */
@Timeout(120)
class StoppedLauncherIT {

    private static final int INTERVAL_MS = 1000;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch sent = new CountDownLatch(1);
    private volatile int frames;

    /** Sends frames continuously, and one more when the launcher is stopped. */
    private void send(Connection connection) throws IOException {
        boolean last;
        do {
            last = isStoppedAfter(INTERVAL_MS / 2);
            int sequence = frames + 1;
            byte[] frame =
                    Frames.bytes(Frames.sampledAt(System.nanoTime(), sequence, INTERVAL_MS, false));
            connection.send(frame, 0, frame.length);
            frames = sequence;
        } while (!last);
        sent.countDown();
        ScriptedAgent.awaitEnd(connection);
    }

    private boolean isStoppedAfter(int ms) {
        try {
            return stopped.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void servesNoFrameThatWaitedWhileItWasStopped(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        try (ScriptedAgent agent = new ScriptedAgent(Transport.load(), folder);
                LauncherProcess launcher =
                        new LauncherProcess(
                                "",
                                "--enclave=" + agent.endpoint(),
                                "--bind=127.0.0.1",
                                "--port=" + port)) {
            agent.next(this::send);
            assertThat(launcher.await("values are fresh")).contains("INFO");
            // The first may have waited while the launcher started; only later frames show a delay.
            assertThat(answerAfterFrames(3, port)).contains("\nnitro_enclave_up 1");

            launcher.signal("STOP");
            stopped.countDown();
            sent.await();
            TimeUnit.MILLISECONDS.sleep((ReceivedFrame.FRESH_INTERVALS + 1) * INTERVAL_MS);
            launcher.signal("CONT");

            assertThat(answerAfterFrames(frames, port)).contains("\nnitro_enclave_up 0");
        }
    }

    private static String answerAfterFrames(int frames, int port) throws IOException {
        try (HttpClientSocket client = new HttpClientSocket(port)) {
            while (true) {
                String text = client.get("/metrics", "Accept: text/plain").body();
                if (count(text) >= frames) {
                    return text;
                }
            }
        }
    }

    private static long count(String text) {
        String name = "\nnitro_launcher_frames_total ";
        int start = text.indexOf(name) + name.length();
        return (long) Double.parseDouble(text.substring(start, text.indexOf('\n', start)));
    }
}
